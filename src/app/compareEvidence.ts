import type { Contract } from '../domain/contract';
import type { Registry } from '../domain/ports';
import { repetitionsOf, type Repetitions, seedsOf } from '../domain/repetitions';
import { parentRunTag, type Run } from '../domain/run';
import { metricAt, RunTableBuilder, textAt } from '../domain/runTable';
import type { NestedValues } from '../domain/segments';
import { and, field, quoted } from './searchText';

/** What speaks for or against a difference beyond the numbers of the compared runs themselves. */
interface Evidence {
  /** Values of the runs nested in it, newest first. */
  readonly nested: readonly NestedValues[];
  readonly repetitions: Repetitions;
}

/** Of each kind one page is read and no more: a server with a million runs answers as soon as one with few. */
export const mostRuns = 200;
/** A join of the database each; what they leave is compared exactly afterwards. */
const mostConditions = 8;
/** A param or tag of a nested run by which it says what part of the data it is about; its name says it otherwise. */
const segmentKey = 'segment';

export async function loadEvidence(
  registry: Registry,
  run: Run,
  contract: Contract,
  signal?: AbortSignal,
): Promise<Evidence> {
  const [nested, repetitions] = await Promise.all([
    nestedIn(registry, run, signal),
    loadRepetitions(registry, run, contract, signal),
  ]);
  return { nested, repetitions };
}

async function nestedIn({ runs }: Registry, run: Run, signal?: AbortSignal): Promise<NestedValues[]> {
  const filter = `tags.\`${parentRunTag}\` = ${quoted(run.runId) ?? "''"}`;
  const query = { experimentIds: [run.experimentId], view: 'active', filter, maxResults: mostRuns } as const;
  const { table } = await runs.search(query, signal);
  const named = [...table.tags, ...table.params].filter(({ key }) => key === segmentKey);
  return table.runIds.map((_, row) => ({
    segment: named.map((column) => textAt(column, row)).find(Boolean) ?? table.runNames[row] ?? '',
    metrics: table.metrics.flatMap((column) => {
      const value = metricAt(column, row);
      return value === undefined ? [] : [{ key: column.key, value }];
    }),
  }));
}

async function loadRepetitions(
  { runs }: Registry,
  run: Run,
  contract: Contract,
  signal?: AbortSignal,
): Promise<Repetitions> {
  const { keys } = seedsOf(run.params, contract);
  if (keys.length === 0) return repetitionsOf(run, new RunTableBuilder(0).build(), contract);
  const same = run.params.filter(({ key }) => !keys.includes(key)).flatMap(({ key, value }) => equals(key, value));
  const filter = and("attributes.status = 'FINISHED'", ...same.slice(0, mostConditions));
  const query = { experimentIds: [run.experimentId], view: 'active', maxResults: mostRuns } as const;
  const { table, nextPageToken } = await runs.search({ ...query, ...(filter && { filter }) }, signal);
  return repetitionsOf(run, table, contract, nextPageToken !== undefined);
}

/** Nothing where no filter can say it: a value with both kinds of quotes, a longer one than servers take. */
function equals(key: string, value: string): string[] {
  const text = quoted(value);
  return text === undefined || value.length > 250 || /[`"]/.test(key) ? [] : [`${field('params', key)} = ${text}`];
}
