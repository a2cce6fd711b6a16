// @ts-check
import { atLeast, atMost, median } from '../figures.mjs';

/** @typedef {import('./children.mjs').Child} Child */
/** Values by what they are of, one for each round. @typedef {Record<string, number[]>} Measured */

/**
 * Rounds of `ask`, after one that is not counted; ends the children.
 * @template {Record<string, Child>} Sides
 * @param {Sides} sides
 * @param {number} count
 * @param {(sides: Sides) => Promise<Record<string, number>>} ask
 */
export async function rounds(sides, count, ask) {
  const measured = /** @type {Measured} */ ({});
  await ask(sides);
  for (let i = 0; i < count; i += 1) {
    for (const [what, value] of Object.entries(await ask(sides))) (measured[what] ??= []).push(value);
  }
  for (const side of Object.values(sides)) await side.end();
  return measured;
}

/**
 * An answer that is what was asked for.
 * @param {any} answer
 * @param {Record<string, number>} expected
 * @returns {any}
 */
export function checked(answer, expected) {
  for (const [name, value] of Object.entries(expected)) {
    if (answer[name] !== value) throw new Error(`${name} is ${answer[name]} instead of ${value}`);
  }
  return answer;
}

/**
 * Time of ours by theirs.
 * @param {string} id
 * @param {string} what
 * @param {Measured} measured
 * @param {number} target
 * @param {[string, string]} sides
 */
export function ratio(id, what, measured, target, [ours, theirs] = ['ours', 'theirs']) {
  const [detail, value] = quotient(what, measured, ours, theirs);
  return atMost(`sqlite-${id}`, detail, value, 'x', target);
}

/**
 * Time of theirs by ours.
 * @param {string} id
 * @param {string} what
 * @param {Measured} measured
 * @param {number} target
 */
export function faster(id, what, measured, target) {
  const [detail, value] = quotient(what, measured, 'theirs', 'ours');
  return atLeast(`sqlite-${id}`, detail, value, 'x', target);
}

/**
 * @param {string} what
 * @param {Measured} measured
 * @param {string} above
 * @param {string} below
 * @returns {[string, number]}
 */
function quotient(what, measured, above, below) {
  const [a, b] = [measured[above] ?? [], measured[below] ?? []];
  const detail = `${what}: ${median(a).toFixed(1)} ms by ${median(b).toFixed(1)} ms, medians of ${a.length}`;
  return [detail, median(a.map((value, i) => value / (b[i] ?? NaN)))];
}
