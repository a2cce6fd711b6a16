import * as l10n from '@vscode/l10n';

/* Numbers, times and durations as people read them (design.md, Numbers and Times). */

const thinSpace = '\u2009';
const minus = '\u2212';
export const absent = '–';

/** Four significant digits; integers below a million in full; exponent outside 1e-4…1e6; `–` where absent. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined) return absent;
  if (!Number.isFinite(value)) return exactNumber(value);
  const size = Math.abs(value);
  if (size < 1e6 && Number.isInteger(value)) return grouped(String(value));
  if (size >= 1e6 || size < 1e-4) return exponent(value);
  return grouped(value.toPrecision(4));
}

/** Every digit, for tooltips and copying; NaN, ∞ and −∞ written so. */
export function exactNumber(value: number | undefined): string {
  if (value === undefined) return absent;
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`;
  return String(value);
}

/** With its sign: "+0.0009", "−0.031". */
export function formatDelta(delta: number | undefined): string {
  if (delta === undefined || Number.isNaN(delta)) return absent;
  if (delta === 0) return '±0';
  return delta > 0 ? `+${formatNumber(delta)}` : formatNumber(delta);
}

/**
 * How many decimals numbers that stand in one row have, so that their points align: four significant digits of the
 * largest, one at least of the smallest. Undefined where one of them needs an exponent.
 */
export function decimalsFor(values: readonly (number | undefined)[]): number | undefined {
  const sizes = values.filter((value) => value !== undefined && Number.isFinite(value) && value !== 0).map(Number);
  const largest = Math.max(...sizes.map(Math.abs), 0);
  if (largest >= 1e6 || sizes.some((value) => Math.abs(value) < 1e-4)) return undefined;
  // A perfect 1 beside 0.9993 takes no digit away from that.
  const fractions = sizes.filter((value) => !Number.isInteger(value)).map(Math.abs);
  if (fractions.length === 0) return 0;
  const [large, small] = [Math.max(...fractions), Math.min(...fractions)].map((size) => Math.floor(Math.log10(size)));
  return Math.min(Math.max(3 - (large ?? 0), -(small ?? 0), 0), 7);
}

/** With this many decimals; as `formatNumber` does where there is no such number. */
export function formatFixed(value: number | undefined, decimals: number | undefined): string {
  if (value === undefined || decimals === undefined || !Number.isFinite(value)) return formatNumber(value);
  return grouped(value.toFixed(decimals));
}

/** `formatDelta` with this many decimals, and more where these would show no change. */
export function formatFixedDelta(delta: number | undefined, decimals: number | undefined): string {
  if (!delta || decimals === undefined || Math.abs(delta) < 0.5 * 10 ** -decimals) return formatDelta(delta);
  return delta > 0 ? `+${formatFixed(delta, decimals)}` : formatFixed(delta, decimals);
}

/** A change relative to where it came from: "0.1 %"; nothing where that is zero or not finite. */
export function formatPercent(delta: number, base: number): string {
  const percent = Math.abs((delta / base) * 100);
  if (!Number.isFinite(percent)) return '';
  return `${percent < 10 ? String(Number(percent.toPrecision(2))) : String(Math.round(percent))}${thinSpace}%`;
}

/** "12 min ago" up to a day, then local date and time. Both in ms since epoch. */
export function formatTime(time: number | undefined, now: number): string {
  if (time === undefined) return absent;
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 0 || minutes >= 24 * 60) return formatDate(time, now);
  if (minutes < 1) return l10n.t('just now');
  if (minutes < 60) return l10n.t('{0} min ago', minutes);
  return l10n.t('{0} h ago', Math.floor(minutes / 60));
}

/** Local date and time with the zone, for tooltips. */
export function formatDateTime(time: number | undefined): string {
  if (time === undefined) return absent;
  return dateText(time, { dateStyle: 'medium', timeStyle: 'long' });
}

/** "420 ms", "3.2 s", "4 min 12 s", "1 h 04 min", "3 d 2 h". */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined || Number.isNaN(ms) || ms < 0) return absent;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** "512 B", "12.4 KB", "3.1 MB": powers of 1024, as VS Code counts. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined) return absent;
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit] ?? 'TB'}`;
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.replace('-', minus).split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

function exponent(value: number): string {
  const [mantissa = '', power = ''] = value.toExponential(3).split('e');
  return `${String(Number(mantissa)).replace('-', minus)}e${power.replace('+', '').replace('-', minus)}`;
}

function formatDate(time: number, now: number): string {
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) };
  return dateText(time, { ...day, hour: '2-digit', minute: '2-digit' });
}

/** Times come from stores: one outside the calendar (±8.64e15 ms) must not throw. */
function dateText(time: number, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : dateFormat(options).format(date);
}

/** Making one takes 100 times as long as using it: a page of a thousand runs would hold up the window. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(undefined, options);
  dateFormats.set(key, known);
  return known;
}
