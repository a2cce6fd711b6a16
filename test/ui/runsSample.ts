import { type PackedTexts, packTexts } from '../../src/domain/runAttributes';
import type { RunsContent } from '../../src/panels/runs/runs.messages';

/** A table of so many runs of one experiment, and what is special about it. */
export function runsContent(
  length: number,
  nameOf: (row: number) => string,
  special: Pick<RunsContent, 'keys'> & Partial<RunsContent>,
): RunsContent {
  const each = <T>(value: (row: number) => T): T[] => Array.from({ length }, (_, row) => value(row));
  const texts = (value: (row: number) => string): unknown => {
    const { text, ends }: PackedTexts = packTexts(each(value));
    return { text, ends: [...ends] };
  };
  // Arrays where the host sends typed ones: the page only reads places of them.
  const attributes = {
    length,
    runIds: texts((row) => `id-${row}`),
    runNames: texts(nameOf),
    experimentIds: texts(() => '1'),
    userIds: texts(() => 'ada'),
    statuses: each(() => 2),
    deleted: each(() => 0),
    startTimes: each((row) => 1_700_000_000_000 + row),
    endTimes: each(() => NaN),
  } as unknown as RunsContent['attributes'];
  return {
    attributes,
    lengths: [length],
    more: false,
    historiesByRun: [false],
    notes: [],
    experimentNames: { '["local","1"]': 'many runs' },
    sources: [{ registry: 'local', experimentIds: ['1'] }],
    filter: '',
    orderBy: [],
    favourites: [],
    deleted: false,
    contract: { metrics: [], seeds: [] },
    layout: {},
    chartLayouts: {},
    bundle: {},
    ...special,
  };
}
