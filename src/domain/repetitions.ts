import { type Contract, matchesPattern } from './contract';
import type { KeyValue } from './experiment';
import { type Noise, noiseOf } from './noise';
import type { Run, RunTable } from './run';
import { metricAt, textAt } from './runTable';

/** Runs that share all params with one but the seeds; they differ by chance alone. */
export interface Repetitions {
  /** With the run itself, one per setting of the seeds. */
  readonly runs: number;
  /** The run's params that are seeds. */
  readonly seeds: readonly string[];
  /** Nobody named the seeds in `ringside.yaml`: names that look like one. */
  readonly guessed: boolean;
  /** Not all runs of the experiment were looked at. */
  readonly more: boolean;
  /** Values of each metric of the run in its repetitions, itself first. */
  readonly metrics: readonly { readonly key: string; readonly values: readonly number[] }[];
}

/** Which params are seeds: those of the contract, else by well-known names such as `seed`, `random_state`, `np_seed`. */
export function seedsOf(params: readonly KeyValue[], { seeds }: Contract): { keys: string[]; guessed: boolean } {
  const isSeed = (key: string): boolean =>
    seeds.length > 0 ? seeds.some((pattern) => matchesPattern(pattern, key)) : looksLikeSeed(key);
  return { keys: params.map(({ key }) => key).filter(isSeed), guessed: seeds.length === 0 };
}

function looksLikeSeed(key: string): boolean {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some(
    (word, i) => /^(random)?seed$|^randomstate$/.test(word) || (word === 'state' && words[i - 1] === 'random'),
  );
}

/**
 * @param table runs among which the repetitions are; may hold others, and the run itself
 * @param more the table does not hold all that there are
 */
export function repetitionsOf(run: Run, table: RunTable, contract: Contract, more = false): Repetitions {
  const { keys, guessed } = seedsOf(run.params, contract);
  const rows = keys.length > 0 ? repeatedRows(run, table, keys) : [];
  const metrics = run.metrics.map(({ key, value }) => {
    const column = table.metrics.find((known) => known.key === key);
    const others = rows.map((row) => metricAt(column, row)).filter((other) => other !== undefined);
    return { key, values: [value, ...others] };
  });
  return { runs: rows.length + 1, seeds: keys, guessed, more, metrics };
}

/** One row for each other setting of the seeds: a run done twice with one seed is no second repetition. */
function repeatedRows(run: Run, table: RunTable, seeds: readonly string[]): number[] {
  const own = new Map(run.params.map(({ key, value }) => [key, value]));
  const fixed = table.params.filter(({ key }) => !seeds.includes(key));
  const missing = run.params.filter(({ key }) => !table.params.some((column) => column.key === key));
  if (missing.some(({ key }) => !seeds.includes(key))) return [];
  const columns = seeds.map((key) => table.params.find((column) => column.key === key));
  const seen = new Set([JSON.stringify(seeds.map((key) => own.get(key)))]);
  return table.runIds.flatMap((runId, row) => {
    if (runId === run.runId || !fixed.every((column) => textAt(column, row) === own.get(column.key))) return [];
    const setting = JSON.stringify(columns.map((column) => textAt(column, row)));
    return seen.has(setting) ? [] : (seen.add(setting), [row]);
  });
}

/** For each metric that both have whether its difference is more than the spread over seeds. */
export function noiseBetween(base: Repetitions, other: Repetitions): Map<string, Noise> {
  const others = new Map(other.metrics.map(({ key, values }) => [key, values]));
  return new Map(
    base.metrics.flatMap(({ key, values }) => {
      const against = others.get(key);
      return against ? [[key, noiseOf(values, against)] as const] : [];
    }),
  );
}
