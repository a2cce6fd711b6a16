import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { KeyValue } from '../../domain/experiment';
import type { ModelVersion, RegisteredModel } from '../../domain/model';
import { aliasesOf } from './aliases';
import type { ModelStore, Page } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { Keyset, type OrderColumn } from './keyset';
import { sqliteModelWrites } from './modelWrites';
import { Groups, rowsOf } from './pieces';
import { registryConditions, type RegistryTables } from './registrySearch';
import { allOf, inTexts, real, sql } from './sql';
import type { Session, SqliteStore } from './store';
import { findVersion, pageOfVersions } from './versions';
import { searchVersions } from './versionSearch';
import { sqliteVersionWrites } from './versionWrites';

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
    searchVersions: async (query, signal) => searchVersions(await store.open(signal), query),
    ...sqliteModelWrites(store, readModel),
    ...sqliteVersionWrites(store, readVersion),
  };
}

const tables: RegistryTables = {
  table: 'registered_models',
  tags: 'registered_model_tags',
  key: ['name'],
  columns: {},
};

type SearchQuery = Parameters<ModelStore['search']>[0];

async function searchModels(session: Session, query: SearchQuery): Promise<Page<RegisteredModel>> {
  const { schema } = session;
  const conditions = parseFilter(query.filter, 'models');
  const order = parseOrderBy(query.orderBy, 'models');
  if (!schema.has('registered_models')) return { items: [] };
  const keyset = new Keyset(orderColumns(order));
  const where = registryConditions(session, tables, conditions);
  const rows = await session.all<ModelRow>(
    keyset.page(sql(modelColumns), 'registered_models', where, query.maxResults, query.pageToken),
  );
  const items = await toModels(session, rows.slice(0, query.maxResults));
  return { ...keyset.toPage(rows, query.maxResults, items), ...beyondNote(conditions) };
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
