import * as l10n from '@vscode/l10n';
import { type Dataset, datasetsText } from '../../domain/dataset';
import { UserError } from '../../domain/errors';
import type { FrameColumnName, FrameColumn, FrameQuery, HistoryValue } from '../../domain/frame';
import type { FrameStore } from '../../domain/ports';
import type { RunInfo, RunTable } from '../../domain/run';
import { MetricCells, RunTableBuilder, TextCells } from '../../domain/runTable';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { Filter } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { OpenFrames } from '../openFrames';
import { cellTables, frameKeys } from './frameKeys';
import { historyValues } from './histories';
import type { Key } from './keys';
import { Pace } from './pieces';
import { eachRun, FoundRuns } from './runOrder';
import { runAttributes, runInfo, type RunValues } from './runRows';
import { runOrderBy, runsOf } from './runSearch';
import { metricValue, sql } from './sql';
import type { Session, SqliteStore } from './store';

interface Opened {
  /** In the order of the database's rows: runs that lie beside each other have their cells in the same pages. */
  readonly runIds: readonly string[];
  /** The frame's row of each of them. */
  readonly rows: Uint32Array;
  /** Which file was read, should another one take its name. */
  readonly identity: string;
}

/**
 * Frames whose attributes are read when they are opened and whose columns when they are asked for, each by its key alone.
 * A row is its run's id: whatever is committed meanwhile, it keeps its place, and a cell is what the run has now.
 */
export function sqliteFrames(store: SqliteStore): FrameStore {
  const frames = new OpenFrames<Opened>();
  return {
    async open(query, signal) {
      const session = await store.open(signal);
      const filter = parseFilter(query.filter, 'runs');
      const { attributes, runIds, rows } = await readRuns(session, query, filter);
      const keys = await frameKeys(session, query.experimentIds, runIds);
      const id = frames.add({ runIds, rows, identity: session.identity });
      return { id, attributes, keys, more: false, ...beyondNote(filter) };
    },
    more: () => Promise.reject(new Error('A database is read whole')),
    async column({ id, ...name }, signal) {
      const opened = frames.get(id);
      const session = await store.open(signal);
      if (session.identity === opened.identity) return readColumn(session, opened, name);
      throw new UserError('notFound', l10n.t('Another database has taken the place of this table’s.'), {
        next: l10n.t('Refresh it.'),
      });
    },
    close({ id }) {
      frames.close(id);
      return Promise.resolve();
    },
  };
}

interface ReadRuns {
  readonly attributes: RunTable;
  readonly runIds: readonly string[];
  readonly rows: Uint32Array;
}

async function readRuns(session: Session, query: FrameQuery, filter: Filter): Promise<ReadRuns> {
  const orderBy = runOrderBy(parseOrderBy(query.orderBy, 'runs'));
  const found = new FoundRuns(orderBy);
  const runs: RunInfo[] = [];
  const take = (
    ...[id, name, experimentId, userId, status, started, ended, artifactUri, stage, ...keys]: [...RunValues, ...Key[]]
  ): void => {
    runs.push(runInfo({ id, name, experimentId, userId, status, started, ended, artifactUri, stage }));
    found.add(id, keys);
  };
  await eachRun(session, Object.values(runAttributes), orderBy, runsOf(session, query, filter), take);
  const table = new RunTableBuilder(0);
  const rows = new Uint32Array(runs.length);
  for (const place of found.sorted()) {
    const run = runs[place];
    if (run) rows[place] = table.addRun(run);
  }
  return { attributes: table.build(), runIds: found.ids, rows };
}

async function readColumn(session: Session, opened: Opened, name: FrameColumnName): Promise<FrameColumn> {
  const { group, key } = name;
  const rows = opened.runIds.length;
  if (group === 'datasets') return readDatasets(session, opened);
  if (name.group === 'metrics' && name.of) return readHistories(session, opened, key, name.of);
  if (group === 'metrics') {
    const cells = new MetricCells(rows);
    const take = (row: number, value: number | null, isNaN: number): void =>
      cells.set(row, metricValue({ value, is_nan: isNaN }));
    await eachCell(session, opened, cellTables.metrics, key, ['value', 'is_nan'], take);
    return cells.column(key, rows);
  }
  const cells = new TextCells(rows);
  const take = (row: number, value: string | null): void => cells.set(row, value ?? '');
  await eachCell(session, opened, cellTables[group], key, ['value'], take);
  return cells.column(key, rows);
}

async function readHistories(
  session: Session,
  { runIds, rows }: Opened,
  key: string,
  of: HistoryValue,
): Promise<FrameColumn> {
  const cells = new MetricCells(rows.length);
  const values = await historyValues(session, runIds, key, of);
  values.forEach((value, place) => {
    if (value !== undefined) cells.set(rows[place] ?? 0, value);
  });
  return cells.column(key, rows.length);
}

async function readDatasets(session: Session, opened: Opened): Promise<FrameColumn> {
  const cells = new TextCells(opened.rows.length);
  const found = new Map<number, Pick<Dataset, 'name' | 'digest'>[]>();
  const take = (row: number, name: string, digest: string): void => {
    found.set(row, [...(found.get(row) ?? []), { name, digest }]);
  };
  const used =
    "inputs ON inputs.destination_type = 'RUN' AND inputs.destination_id = run.value " +
    'JOIN datasets AS cell ON cell.dataset_uuid = inputs.source_id';
  if (session.schema.has('datasets')) await eachOfRuns(session, opened, used, [], ['name', 'digest'], take);
  for (const [row, datasets] of found) cells.set(row, datasetsText(datasets) ?? '');
  return cells.column('', opened.rows.length);
}

/** The cells of one key, each with its row. */
function eachCell(
  session: Session,
  opened: Opened,
  table: string,
  key: string,
  columns: readonly string[],
  take: (row: number, ...columns: never[]) => void,
): Promise<void> {
  const cells = `${table} AS cell ON cell.key = ? AND cell.run_uuid = run.value`;
  return eachOfRuns(session, opened, cells, [key], columns, take);
}

/** What is joined to the runs as `cell`, each with its run's row. */
async function eachOfRuns(
  session: Session,
  { runIds, rows }: Opened,
  joined: string,
  values: readonly string[],
  columns: readonly string[],
  take: (row: number, ...columns: never[]) => void,
): Promise<void> {
  const pace = new Pace(500);
  const selection = ['run.key', ...columns.map((column) => `cell.${column}`)].join(', ');
  const cells = `json_each(?) AS run CROSS JOIN ${joined}`;
  for (let at = 0; at < runIds.length;) {
    const piece = runIds.slice(at, at + pace.rows);
    const start = at;
    const placed = (place: number, ...cell: never[]): void => take(rows[start + place] ?? 0, ...cell);
    pace.note(await session.each(selection, sql(`FROM ${cells}`, JSON.stringify(piece), ...values), placed));
    at += piece.length;
  }
}
