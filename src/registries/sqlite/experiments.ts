import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Experiment, KeyValue, View } from '../../domain/experiment';
import type { ExperimentStore, Page } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { sqliteExperimentWrites } from './experimentWrites';
import { conditionsOf, experimentCondition } from './filter';
import { Keyset, type OrderColumn } from './keyset';
import { Groups, rowsOf } from './pieces';
import type { Schema } from './schema';
import { allOf, inIntegers, inTexts, isInteger, real, sql, type Sql } from './sql';
import type { Session, SqliteStore } from './store';

/** Runs counted by one statement: about 15 ms. */
const runsPerCount = 50_000;

interface ExperimentRow {
  readonly id: string;
  readonly name: string | null;
  readonly location: string | null;
  readonly stage: string;
  readonly created: number | null;
  readonly updated: number | null;
}

export function sqliteExperiments(store: SqliteStore): ExperimentStore {
  const readExperiment = async (experimentId: string, signal?: AbortSignal): Promise<Experiment> => {
    const session = await store.open(signal);
    const where = allOf([
      inIntegers('experiments.experiment_id', [experimentId]),
      session.schema.inWorkspace('experiments', session.workspace),
    ]);
    const { text, values } = columns(session.schema);
    const rows = await session.all<ExperimentRow>(
      sql(`SELECT ${text} FROM experiments WHERE ${where.text}`, ...values, ...where.values),
    );
    const [experiment] = await complete(session, rows, false);
    if (experiment) return experiment;
    throw new UserError('notFound', l10n.t('There is no experiment with the id {0} in this registry.', experimentId), {
      next: l10n.t('It may have been removed for good; refresh the view.'),
    });
  };
  return {
    ...sqliteExperimentWrites(store, readExperiment),
    async search({ filter, orderBy, view, maxResults, pageToken }, signal): Promise<Page<Experiment>> {
      const conditions = parseFilter(filter, 'experiments');
      const order = parseOrderBy(orderBy, 'experiments');
      const session = await store.open(signal);
      const { schema } = session;
      const keyset = new Keyset(orderColumns(order, schema));
      const where = allOf([
        inStages('experiments', view),
        schema.inWorkspace('experiments', session.workspace),
        ...conditionsOf(conditions, (comparison) => experimentCondition(comparison, schema)),
      ]);
      const rows = await session.all<ExperimentRow>(
        keyset.page(columns(schema), 'experiments', where, maxResults, pageToken),
      );
      const items = await complete(session, rows.slice(0, maxResults), true);
      return { ...keyset.toPage(rows, maxResults, items), ...beyondNote(conditions) };
    },

    get: ({ experimentId }, signal) => readExperiment(experimentId, signal),

    async holdsTraces({ experimentId }, signal): Promise<boolean> {
      const session = await store.open(signal);
      if (!session.schema.has('trace_info') || !isInteger(experimentId)) return false;
      const rows = await session.all(
        sql('SELECT 1 FROM trace_info WHERE experiment_id = CAST(? AS INTEGER) LIMIT 1', experimentId),
      );
      return rows.length > 0;
    },
  };
}

export function inStages(table: string, view: View): Sql {
  return view === 'all' ? sql('1') : sql(`${table}.lifecycle_stage = ?`, view);
}

function columns(schema: Schema): Sql {
  const created = real(schema.column('experiments', 'creation_time'));
  const updated = real(schema.column('experiments', 'last_update_time'));
  return sql(
    'CAST(experiments.experiment_id AS TEXT) AS id, experiments.name AS name, experiments.artifact_location AS location, ' +
      `experiments.lifecycle_stage AS stage, ${created} AS created, ${updated} AS updated`,
  );
}

/** MLflow's default: newest created first, then the smaller id; after any other order the larger id. */
function orderColumns(order: readonly OrderBy[], schema: Schema): readonly OrderColumn[] {
  if (order.length === 0) {
    return [
      { expression: real(schema.column('experiments', 'creation_time')), descending: true },
      { ...idColumn, descending: false },
    ];
  }
  const given = order.map(({ field: { key }, ascending }): OrderColumn => {
    if (key === 'experiment_id') return { ...idColumn, descending: !ascending };
    const column = schema.column('experiments', key);
    return { expression: key === 'name' ? column : real(column), descending: !ascending };
  });
  return order.some(({ field }) => field.key === 'experiment_id') ? given : [...given, idColumn];
}

const idColumn: OrderColumn = { expression: 'experiments.experiment_id', wide: true, descending: true };

async function complete(session: Session, rows: readonly ExperimentRow[], counted: boolean): Promise<Experiment[]> {
  const ids = rows.map(({ id }) => id);
  const tags = new Groups<KeyValue>();
  const pieces = rowsOf<{ id: string; key: string; value: string | null }>(
    session,
    session.schema.has('experiment_tags') ? ids : [],
    (piece) => {
      const { text, values } = inIntegers('experiment_id', piece);
      return sql(
        `SELECT CAST(experiment_id AS TEXT) AS id, key, value FROM experiment_tags WHERE ${text} ORDER BY key`,
        ...values,
      );
    },
  );
  for await (const rows of pieces) {
    for (const { id, key, value } of rows) tags.add(id, { key, value: value ?? '' });
  }
  const counts = counted ? await countRuns(session, ids) : undefined;
  return rows.map((row) => ({
    experimentId: row.id,
    name: row.name ?? '',
    artifactLocation: row.location ?? '',
    lifecycleStage: row.stage === 'deleted' ? 'deleted' : 'active',
    ...(row.created !== null && { creationTime: row.created }),
    ...(row.updated !== null && { lastUpdateTime: row.updated }),
    tags: tags.of(row.id),
    ...(counts && { runCount: counts.get(row.id) ?? 0 }),
  }));
}

/** Active runs of each experiment; `runs` has no index on the experiment, so this reads it in pieces. */
async function countRuns(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  if (ids.length === 0) return counts;
  const [last] = await session.all<{ id: number | null }>(sql('SELECT max(rowid) AS id FROM runs'));
  const wanted = inTexts('CAST(experiment_id AS TEXT)', ids);
  for (let from = 0; from <= (last?.id ?? -1); from += runsPerCount) {
    const rows = await session.all<{ id: string; runs: number }>(
      sql(
        "SELECT CAST(experiment_id AS TEXT) AS id, count(*) AS runs FROM runs WHERE rowid >= ? AND rowid < ? AND lifecycle_stage = 'active' " +
          `AND ${wanted.text} GROUP BY experiment_id`,
        from,
        from + runsPerCount,
        ...wanted.values,
      ),
    );
    for (const { id, runs } of rows) counts.set(id, (counts.get(id) ?? 0) + runs);
  }
  return counts;
}
