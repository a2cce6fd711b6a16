import type { ModelVersion } from '../../domain/model';
import type { Page, SearchRequest } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { Keyset, type OrderColumn } from './keyset';
import { registryConditions, type RegistryTables } from './registrySearch';
import { allOf, real, sql } from './sql';
import type { Session } from './store';
import { toVersions, versionColumns, type VersionRow, visible } from './versions';

const tables: RegistryTables = {
  table: 'model_versions',
  tags: 'model_version_tags',
  key: ['name', 'version'],
  columns: { source_path: 'source', version_number: 'version' },
};

/** Versions over all models. */
export async function searchVersions(session: Session, query: SearchRequest): Promise<Page<ModelVersion>> {
  const filter = parseFilter(query.filter, 'versions');
  const order = parseOrderBy(query.orderBy, 'versions');
  if (!session.schema.has('model_versions')) return { items: [] };
  const keyset = new Keyset(orderColumns(order));
  const where = allOf([registryConditions(session, tables, filter), visible(session)]);
  const rows = await session.all<VersionRow>(
    keyset.page(sql(versionColumns(session.schema)), 'model_versions', where, query.maxResults, query.pageToken),
  );
  const items = await toVersions(session, rows.slice(0, query.maxResults));
  return { ...keyset.toPage(rows, query.maxResults, items), ...beyondNote(filter) };
}

const columns: Readonly<Record<string, string>> = {
  name: 'model_versions.name',
  version_number: 'model_versions.version',
  creation_timestamp: real('model_versions.creation_time'),
  last_updated_timestamp: real('model_versions.last_updated_time'),
};

/** MLflow's default: last changed first; then by name, newest version first. */
function orderColumns(order: readonly OrderBy[]): readonly OrderColumn[] {
  const asked = order.map(({ field: { key }, ascending }) => ({ key, ascending }));
  if (asked.length === 0) asked.push({ key: 'last_updated_timestamp', ascending: false });
  for (const tie of [
    { key: 'name', ascending: true },
    { key: 'version_number', ascending: false },
  ]) {
    if (!asked.some(({ key }) => key === tie.key)) asked.push(tie);
  }
  return asked.map(({ key, ascending }) => ({ expression: columns[key] ?? key, descending: !ascending }));
}
