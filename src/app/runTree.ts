import type { RunRow } from './runRow';

/**
 * The runs that stand at the top of an experiment's list: those without a parent among `rows` and `parents`. A run
 * stands at its own place in `rows`; one that has none there, or no value for what the list is sorted by, stands where
 * the first of its children does. Parents in a circle count from the first of them.
 *
 * @param rows in the list's order
 * @param parents fetched by id, because no row is them
 * @param isRanked whether the run has a value for what the list is sorted by
 */
export function arrangeRuns(
  rows: readonly RunRow[],
  parents: readonly RunRow[],
  isRanked: (row: RunRow) => boolean = () => true,
): readonly RunRow[] {
  const known = new Map([...parents, ...rows].map((row) => [row.runId, row]));
  const order = new Map(rows.map((row, i) => [row.runId, i]));
  const places = new Map<RunRow, number>();
  rows.forEach((row, i) => {
    const root = rootOf(row, known, order);
    const own = isRanked(root) ? order.get(root.runId) : undefined;
    places.set(root, own ?? Math.min(i, places.get(root) ?? i));
  });
  return [...places].sort(([, a], [, b]) => a - b).map(([row]) => row);
}

/** Parents that rows name and that are neither rows nor known already; each once. */
export function missingParents(rows: readonly RunRow[], known: ReadonlySet<string>): readonly string[] {
  const ids = new Set([...known, ...rows.map(({ runId }) => runId)]);
  const named = rows.flatMap(({ parentId }) => (parentId === undefined || ids.has(parentId) ? [] : [parentId]));
  return [...new Set(named)];
}

function rootOf(row: RunRow, known: ReadonlyMap<string, RunRow>, order: ReadonlyMap<string, number>): RunRow {
  const path = [row];
  const seen = new Set([row.runId]);
  for (;;) {
    const parentId = path.at(-1)?.parentId;
    const parent = parentId === undefined ? undefined : known.get(parentId);
    if (!parent) return path.at(-1) ?? row;
    if (seen.has(parent.runId)) return firstInCircle(path, parent, order);
    path.push(parent);
    seen.add(parent.runId);
  }
}

function firstInCircle(path: readonly RunRow[], start: RunRow, order: ReadonlyMap<string, number>): RunRow {
  const circle = path.slice(path.findIndex(({ runId }) => runId === start.runId));
  const place = ({ runId }: RunRow): number => order.get(runId) ?? Infinity;
  return circle.reduce((first, row) => (place(row) < place(first) ? row : first), start);
}
