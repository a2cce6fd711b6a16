/** How values become places on an axis: 0 at `low`, 1 at `high`. */
export interface Scale {
  readonly kind: ScaleKind;
  readonly low: number;
  readonly high: number;
}

/** `time` in ms since epoch; `duration` in ms; `whole` has no ticks between two integers. */
export type ScaleKind = 'linear' | 'whole' | 'log' | 'time' | 'duration';

/** A scale over all that can be drawn of the values, with a little room; an empty or a single value gets room to stand in. */
export function scaleOver(kind: ScaleKind, arrays: Iterable<Float64Array>, room = 0): Scale {
  let [low, high] = [Infinity, -Infinity];
  for (const values of arrays) {
    for (const value of values) {
      if (value - value !== 0 || (kind === 'log' && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return withRoom(kind, low, high, room);
}

function withRoom(kind: ScaleKind, low: number, high: number, room: number): Scale {
  if (low > high) return kind === 'log' ? { kind, low: 1, high: 10 } : { kind, low: 0, high: 1 };
  if (kind === 'log') return low === high ? clamped(kind, low / 2 || low, high * 2) : { kind, low, high };
  if (low === high) {
    const half = kind === 'linear' ? Math.abs(low) / 10 || 1 : Math.max(1, Math.abs(low) * 1e-6);
    return clamped(kind, low - half, high + half);
  }
  const extra = high * room - low * room;
  return clamped(kind, low - extra, high + extra);
}

/** Values near 1.797e308 leave no room above them. */
function clamped(kind: ScaleKind, low: number, high: number): Scale {
  return { kind, low: Math.max(-Number.MAX_VALUE, low), high: Math.min(Number.MAX_VALUE, high) };
}

/** From value to px, or to whatever `from` and `to` count; NaN where the value has no place. */
export function project({ kind, low, high }: Scale, from: number, to: number): (value: number) => number {
  if (kind === 'log') {
    const least = Math.log10(low);
    const factor = (to - from) / (Math.log10(high) - least);
    return (value) => (value > 0 ? from + (Math.log10(value) - least) * factor : NaN);
  }
  const span = high - low;
  if (Number.isFinite(span)) return (value) => from + ((value - low) / span) * (to - from);
  return (value) => from + ((value / 2 - low / 2) / (high / 2 - low / 2)) * (to - from);
}

/** The value at a place from 0 to 1. */
export function valueAt({ kind, low, high }: Scale, place: number): number {
  if (kind === 'log') return 10 ** (Math.log10(low) * (1 - place) + Math.log10(high) * place);
  return low * (1 - place) + high * place;
}

/** About so many round values from low to high. */
export function ticksOf(scale: Scale, count: number): number[] {
  const { kind, low, high } = scale;
  if (kind === 'log') {
    const ticks = logTicks(low, high, count);
    return ticks.length >= 2 ? ticks : roundTicks(low, high, roundStep((high - low) / count));
  }
  const rough = high / count - low / count;
  if (kind === 'time' || kind === 'duration') return roundTicks(low, high, timeStep(rough), zoneOffset(kind, low));
  return roundTicks(low, high, kind === 'whole' ? Math.max(1, roundStep(rough)) : roundStep(rough));
}

function roundTicks(low: number, high: number, step: number, offset = 0): number[] {
  const first = Math.ceil((low - offset) / step);
  const last = Math.floor((high - offset) / step);
  const ticks: number[] = [];
  for (let i = first; i <= last && ticks.length < 100; i++) ticks.push(Number((i * step + offset).toPrecision(15)));
  return ticks.filter(Number.isFinite);
}

/** 1, 2 or 5 times a power of ten, not below. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 5].find((digit) => digit * power >= rough) ?? 10;
  return times * power || Number.MIN_VALUE;
}

function logTicks(low: number, high: number, count: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const every = Math.max(1, Math.ceil((last - first) / count));
  const digits = (last - first) * 3 <= count ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every)
    for (const digit of digits) ticks.push(Number(`${digit}e${power}`));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 91, 365].map((n) => n * day),
];

function timeStep(rough: number): number {
  if (rough < second) return roundStep(rough);
  return timeSteps.find((step) => step >= rough) ?? roundStep(rough / (365 * day)) * 365 * day;
}

/** Days begin at midnight where the reader is. */
function zoneOffset(kind: ScaleKind, at: number): number {
  const offset = kind === 'time' ? new Date(at).getTimezoneOffset() * minute : 0;
  return Number.isFinite(offset) ? offset : 0;
}
