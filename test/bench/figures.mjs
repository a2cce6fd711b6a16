// @ts-check

/** One line of out/bench.json; `met` is null where the figure cannot be judged. @typedef {{id: string, what: string, value: number, unit: string, target: number, least?: true, met: boolean | null}} Figure */
/** @typedef {import('./measures.mjs').Pair} Pair */

/** @param {readonly number[]} values @returns {number} NaN of none */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return /** @type {number} */ (sorted[middle]);
  return (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2;
}

/**
 * A figure that must not be more than its target.
 * @param {string} id
 * @param {string} what
 * @param {number} value
 * @param {string} unit
 * @param {number} target
 * @returns {Figure}
 */
export function atMost(id, what, value, unit, target) {
  return { id, what, value: round(value), unit, target, met: value <= target };
}

/**
 * A figure that must not be less than its target.
 * @param {string} id
 * @param {string} what
 * @param {number} value
 * @param {string} unit
 * @param {number} target
 * @returns {Figure}
 */
export function atLeast(id, what, value, unit, target) {
  return { id, what, value: round(value), unit, target, least: true, met: value >= target };
}

/**
 * Ringside's median by the empty extension's.
 * @param {string} id
 * @param {string} what
 * @param {Pair} pair
 * @param {number} [target]
 */
export function ratio(id, what, { ours, empty }, target = 2) {
  const [a, b] = [median(ours), median(empty)];
  const detail = `${what}: ${Math.round(a)} ms by ${Math.round(b)} ms, medians of ${ours.length}`;
  return atMost(id, detail, a / b, 'x', target);
}

/**
 * Longest blocks of the extension host's event loop.
 * @param {{what: string, max: number}[]} blocks
 * @param {string} store
 * @param {number} limit ms
 * @returns {Figure}
 */
export function blockFigure(blocks, store, limit) {
  const rounds = (/** @type {string} */ kind) => blocks.filter((b) => b.what === kind).map((b) => Math.round(b.max));
  const control = Math.max(...rounds('control'));
  const each = `${rounds(store).join(', ')} ms; control ${rounds('control').join(', ')} ms`;
  const what = `Longest block of the host while 1,000 runs of ${store} are read to the end, ${rounds(store).length} times (${each})`;
  const figure = atMost(`block-${store}`, what, Math.max(...rounds(store)), 'ms', limit);
  return besideControl(figure, control);
}

/**
 * A figure that is missed is not judged where the control, which does none of our work, is over its target too.
 * @param {Figure} figure
 * @param {number} control
 * @returns {Figure}
 */
export function besideControl(figure, control) {
  if (figure.met || control <= figure.target) return figure;
  return { ...figure, what: `${figure.what}; invalid: the control is over it`, met: null };
}

/** @param {readonly Figure[]} figures */
export function table(figures) {
  const verdict = (/** @type {Figure} */ { met }) => (met === null ? 'invalid' : met ? 'met' : 'MISSED');
  const rows = figures.map((f) => [
    f.id,
    `${f.value} ${f.unit}`,
    `${f.least ? '>=' : '<='} ${f.target}`,
    verdict(f),
    f.what,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => String(cells[column]).length)));
  return rows.map((cells) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')).join('\n');
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
