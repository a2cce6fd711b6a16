import { formatNumber } from './format';
import type { Scale } from './scale';

/** What stands at the ticks of an axis; one number of decimals for all of them. */
export function tickWords({ kind }: Scale, ticks: readonly number[]): string[] {
  if (kind === 'time') return timeWords(ticks);
  if (kind === 'duration') return ticks.map(durationWords);
  const plain = (value: number): boolean => value === 0 || (Math.abs(value) < 1e5 && Math.abs(value) >= 1e-4);
  if (kind === 'log') return ticks.map((tick) => (plain(tick) ? shown(String(tick)) : formatNumber(tick)));
  const decimals = Math.max(0, ...ticks.filter(plain).map(decimalsOf));
  return ticks.map((tick) => (plain(tick) ? shown(tick.toFixed(decimals)) : formatNumber(tick)));
}

function shown(digits: string): string {
  return digits.replace('-', '\u2212');
}

/** Of 0.30000000000000004 one. */
function decimalsOf(value: number): number {
  return String(Number(value.toPrecision(8))).split('.')[1]?.length ?? 0;
}

const day = 86_400_000;

/** The clock within days, with the date where one begins; dates alone where ticks are days apart. */
function timeWords(ticks: readonly number[]): string[] {
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(step > 0 && step < 60_000 && { second: '2-digit' as const }),
  });
  const words = (format: Intl.DateTimeFormat, time: number): string =>
    Math.abs(time) <= 8.64e15 ? format.format(time) : formatNumber(time);
  let before = '';
  return ticks.map((tick) => {
    const today = words(date, tick);
    const isNew = today !== before;
    before = today;
    return step >= day || isNew ? today : words(clock, tick);
  });
}

function durationWords(ms: number): string {
  const size = Math.abs(ms);
  const [unit, name] =
    size >= day ? [day, 'd'] : size >= 3_600_000 ? [3_600_000, 'h'] : size >= 60_000 ? [60_000, 'min'] : [1000, 's'];
  return ms === 0 ? '0' : shown(`${String(Number((ms / unit).toPrecision(4)))} ${name}`);
}
