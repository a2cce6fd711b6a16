import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { KeyValue } from '../../domain/experiment';
import { type ModelVersion, promptTag, type RegisteredModel } from '../../domain/model';
import { aliasesOf } from './aliases';
import type { ModelStore, Page } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import { type Comparison, type Condition, isGroup, type OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { compare, conditionsOf, keyed } from './filter';
import { Keyset, type OrderColumn } from './keyset';
import { sqliteModelWrites } from './modelWrites';
import { Groups, rowsOf } from './pieces';
import { allOf, inTexts, real, sql, type Sql } from './sql';
import type { Session, SqliteStore } from './store';
import { findVersion, pageOfVersions, selectVersions } from './versions';

interface ModelRow {
  readonly name: string;
  readonly description: string | null;
  readonly created: number | null;
  readonly updated: number | null;
}

export function sqliteModels(store: SqliteStore): ModelStore {
  const readModel = async (name: string, signal?: AbortSignal): Promise<RegisteredModel> =>
    findModel(await store.open(signal), name);
  const readVersion = async (name: string, version: string, signal?: AbortSignal): Promise<ModelVersion> =>
    findVersion(await store.open(signal), name, version);
  return {
    search: async (query, signal) => searchModels(await store.open(signal), query),
    get: ({ name }, signal) => readModel(name, signal),
    version: ({ name, version }, signal) => readVersion(name, version, signal),
    versions: async (query, signal) => pageOfVersions(await store.open(signal), query),
    async versionsOfRun({ runId }, signal) {
      const session = await store.open(signal);
      return selectVersions(session, sql('model_versions.run_id = ?', runId));
    },
    ...sqliteModelWrites(store, readModel, readVersion),
  };
}

type SearchQuery = Parameters<ModelStore['search']>[0];

async function searchModels(session: Session, query: SearchQuery): Promise<Page<RegisteredModel>> {
  const { schema, workspace } = session;
  const conditions = parseFilter(query.filter, 'models');
  const order = parseOrderBy(query.orderBy, 'models');
  if (!schema.has('registered_models')) return { items: [] };
  const keyset = new Keyset(orderColumns(order));
  const tagScope = schema.inWorkspace('registered_model_tags', workspace);
  const prompts = conditions.some(asksForPrompts);
  const asked = prompts ? conditions : conditions.filter((condition) => !isOnPromptTag(condition));
  const where = allOf([
    schema.inWorkspace('registered_models', workspace),
    ...(prompts ? [] : [isNoPrompt(tagScope)]),
    ...conditionsOf(asked, (comparison) =>
      comparison.field.kind === 'tag'
        ? keyed(comparison, 'registered_models.name', 'registered_model_tags', 'name', tagScope)
        : compare(`registered_models.${comparison.field.key}`, comparison),
    ),
  ]);
  const rows = await session.all<ModelRow>(
    keyset.page(sql(modelColumns), 'registered_models', where, query.maxResults, query.pageToken),
  );
  const items = await toModels(session, rows.slice(0, query.maxResults));
  return { ...keyset.toPage(rows, query.maxResults, items), ...beyondNote(conditions) };
}

/*
 * Prompts are registered models too (mlflow.md trap 51). As in MLflow a search shows them only where its filter asks for
 * them by their tag; models do not have that tag, so a filter that asks for "no prompt" says no more than that.
 */
function isOnPromptTag(condition: Condition): condition is Comparison {
  return !isGroup(condition) && condition.field.kind === 'tag' && condition.field.key === promptTag;
}

function asksForPrompts(condition: Condition): boolean {
  if (!isOnPromptTag(condition)) return false;
  const value = String(condition.value).toLowerCase();
  return (condition.comparator === '=' && value === 'true') || (condition.comparator === '!=' && value === 'false');
}

function isNoPrompt(scope: Sql): Sql {
  return sql(
    'registered_models.name NOT IN (SELECT registered_model_tags.name FROM registered_model_tags ' +
      `WHERE registered_model_tags.key = ? AND registered_model_tags.value = 'true' AND ${scope.text})`,
    promptTag,
    ...scope.values,
  );
}

const modelColumns =
  'registered_models.name AS name, registered_models.description AS description, ' +
  `${real('registered_models.creation_time')} AS created, ${real('registered_models.last_updated_time')} AS updated`;

function orderColumns(order: readonly OrderBy[]): readonly OrderColumn[] {
  const columns = order.map(({ field: { key }, ascending }): OrderColumn => {
    if (key === 'name') return { expression: 'registered_models.name', descending: !ascending };
    const time = key === 'creation_timestamp' ? 'creation_time' : 'last_updated_time';
    return { expression: real(`registered_models.${time}`), descending: !ascending };
  });
  return order.some(({ field }) => field.key === 'name')
    ? columns
    : [...columns, { expression: 'registered_models.name' }];
}

async function findModel(session: Session, name: string): Promise<RegisteredModel> {
  const { schema, workspace } = session;
  const where = allOf([sql('registered_models.name = ?', name), schema.inWorkspace('registered_models', workspace)]);
  const rows = schema.has('registered_models')
    ? await session.all<ModelRow>(
        sql(`SELECT ${modelColumns} FROM registered_models WHERE ${where.text}`, ...where.values),
      )
    : [];
  const [model] = await toModels(session, rows);
  if (model) return model;
  throw new UserError('notFound', l10n.t("There is no registered model '{0}'.", name), {
    next: l10n.t('It may have been renamed or deleted: refresh the list.'),
  });
}

async function toModels(session: Session, rows: readonly ModelRow[]): Promise<RegisteredModel[]> {
  const names = rows.map(({ name }) => name);
  const tags = await tagsOf(session, names);
  const aliases = await aliasesOf(session, names);
  return rows.map((row) => ({
    name: row.name,
    description: row.description ?? '',
    ...(row.created !== null && { creationTime: row.created }),
    ...(row.updated !== null && { lastUpdatedTime: row.updated }),
    tags: tags.of(row.name),
    aliases: aliases.of(row.name),
  }));
}

async function tagsOf(session: Session, names: readonly string[]): Promise<Groups<KeyValue>> {
  const groups = new Groups<KeyValue>();
  const scope = session.schema.inWorkspace('registered_model_tags', session.workspace);
  const pieces = rowsOf<{ name: string; key: string; value: string | null }>(session, names, (piece) => {
    const within = allOf([inTexts('name', piece), scope]);
    return sql(
      `SELECT name, key, value FROM registered_model_tags WHERE ${within.text} ORDER BY key`,
      ...within.values,
    );
  });
  for await (const rows of pieces) {
    for (const { name, key, value } of rows) groups.add(name, { key, value: value ?? '' });
  }
  return groups;
}
