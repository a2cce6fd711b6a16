// @ts-nocheck

/** The same numbers at each call, from 0 to 1. */
function numbers(seed) {
  let state = seed + 1;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** A loss that falls and jitters, as long as it is logged. */
export function history(length, seed) {
  const next = numbers(seed);
  const steps = Float64Array.from({ length }, (_, i) => i);
  return {
    steps,
    timestamps: steps.map((step) => 1.7e12 + step * 1000),
    values: steps.map((step) => Math.exp((-3 * step) / length) + next() * 0.1 + seed / 100),
  };
}

export function histories(runs, points) {
  return Array.from({ length: runs }, (_, run) => history(points, run));
}

export function randomValues(length, seed) {
  const next = numbers(seed);
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = next();
  return values;
}

export function column(title, length, seed) {
  return { id: title, title, values: history(length, seed).values };
}

export function allRows(length) {
  return Uint32Array.from({ length }, (_, i) => i);
}
