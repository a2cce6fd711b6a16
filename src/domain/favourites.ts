import { type PackedTexts, textOfRow } from './runAttributes';

/** Ids of the runs that a person starred, by the registry's name; the last starred last. */
export type Favourites = Readonly<Record<string, readonly string[]>>;

/** So many are kept of one registry: who stars more than that marks nothing. */
const most = 5000;

export interface StarredRun {
  readonly registry: string;
  readonly runId: string;
}

export function starred(favourites: Favourites, runs: readonly StarredRun[], on: boolean): Favourites {
  const changed: Record<string, readonly string[]> = { ...favourites };
  for (const registry of new Set(runs.map((run) => run.registry))) {
    const ids = new Set(runs.flatMap((run) => (run.registry === registry ? [run.runId] : [])));
    const others = (favourites[registry] ?? []).filter((id) => !ids.has(id));
    changed[registry] = on ? [...others, ...ids].slice(-most) : others;
  }
  return changed;
}

/** Rows of the starred runs in a table whose sources stand below each other; their ids by source. */
export function favouriteRows(
  runIds: PackedTexts,
  lengths: readonly number[],
  favourites: readonly (readonly string[])[],
): ReadonlySet<number> {
  const rows = new Set<number>();
  let start = 0;
  lengths.forEach((length, source) => {
    const ids = new Set(favourites[source]);
    for (let row = start; ids.size > 0 && row < start + length; row++)
      if (ids.has(textOfRow(runIds, row))) rows.add(row);
    start += length;
  });
  return rows;
}
