// @ts-check
import { SetupError } from './exec.mjs';

/**
 * One thing to do. `after`: steps that must have succeeded; `follows`: steps that must only have ended, where they run
 * at all. `run` returns a word on what it found or did; it calls `say` before work that takes long. A `quiet` step
 * prints its own line.
 * @typedef {{
 *   id: string, title: string, after?: string[], follows?: string[], quiet?: boolean,
 *   run: (context: {say: (text: string) => void, signal: AbortSignal}) => Promise<string | void> | string | void
 * }} Step
 * @typedef {{id: string, title: string, seconds: number, state: 'done' | 'failed' | 'left out'}} StepResult
 */

/**
 * Runs steps side by side as far as their `after` allows, one printed line each.
 * A failed step stops only those that need it, so that the work of the others is kept for the next time.
 * @param {Step[]} steps
 * @param {AbortSignal} signal
 * @returns {Promise<StepResult[]>} in the order of `steps`
 */
export async function runSteps(steps, signal) {
  /** @type {Map<string, Promise<StepResult>>} */
  const started = new Map();
  /** @param {Step} step @returns {Promise<StepResult>} */
  const start = (step) => {
    const known = started.get(step.id);
    if (known) return known;
    const needs = (step.after ?? []).map((id) => start(find(steps, id)));
    const earlier = steps.filter((other) => step.follows?.includes(other.id)).map(start);
    const result = Promise.all([Promise.all(needs), ...earlier]).then(([done]) =>
      runStep(
        step,
        done.every((need) => need.state === 'done'),
        signal,
      ),
    );
    started.set(step.id, result);
    return result;
  };
  return Promise.all(steps.map(start));
}

/**
 * The named steps and everything that they need, in the order of `steps`.
 * @param {Step[]} steps
 * @param {string[]} ids
 * @returns {Step[]}
 */
export function closure(steps, ids) {
  const wanted = new Set(ids);
  for (const id of wanted) for (const needed of find(steps, id).after ?? []) wanted.add(needed);
  return steps.filter((step) => wanted.has(step.id));
}

/**
 * @param {Step[]} steps
 * @param {string} id
 */
function find(steps, id) {
  const step = steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`No step is called ${id}.`);
  return step;
}

/**
 * @param {Step} step
 * @param {boolean} ready whether everything that it needs is there
 * @param {AbortSignal} signal
 * @returns {Promise<StepResult>}
 */
async function runStep(step, ready, signal) {
  const { id, title } = step;
  const interrupted = () => signal.aborted;
  if (!ready || interrupted()) {
    console.log(`- ${title}: left out, because ${interrupted() ? 'it was interrupted' : 'what it needs failed'}`);
    return { id, title, seconds: 0, state: 'left out' };
  }
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  try {
    const note = await step.run({ say: (text) => console.log(`… ${title}: ${text}`), signal });
    if (!step.quiet)
      console.log(`✓ ${`${title}${note ? ` (${note})` : ''}`.padEnd(60)} ${seconds().toFixed(1).padStart(6)} s`);
    return { id, title, seconds: seconds(), state: 'done' };
  } catch (error) {
    if (!interrupted()) report(title, seconds(), error);
    return { id, title, seconds: seconds(), state: 'failed' };
  }
}

/**
 * @param {string} title
 * @param {number} seconds
 * @param {unknown} error
 */
function report(title, seconds, error) {
  const known = error instanceof SetupError;
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  console.log(`✗ ${title} failed after ${seconds.toFixed(1)} s: ${text}`);
  if (known) console.log(`  What to do: ${error.todo}`);
}
