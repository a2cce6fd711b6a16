import { promptTag } from '../../domain/model';
import type { Comparison, Filter } from '../../domain/searchAst';
import { registrySearch } from '../../domain/searchPrompts';
import { compare, conditionsOf, keyed, type KeyedTable } from './filter';
import { allOf, sql, type Sql } from './sql';
import type { Session } from './store';

/** Where models or versions and their tags are kept. */
export interface RegistryTables {
  readonly table: 'registered_models' | 'model_versions';
  readonly tags: 'registered_model_tags' | 'model_version_tags';
  /** The columns that a tag shares with what it belongs to. */
  readonly key: readonly string[];
  /** The column of an attribute; its own name where it is not named here. */
  readonly columns: Readonly<Record<string, string>>;
}

/** What of a registry's table a filter shows. */
export function registryConditions(session: Session, tables: RegistryTables, filter: Filter): Sql {
  const { schema, workspace } = session;
  const { table, tags, key } = tables;
  const scope = schema.inWorkspace(tags, workspace);
  const keyedTable: KeyedTable = {
    table: tags,
    owner: key.map((column) => `${tags}.${column}`).join(', '),
    id: `(${key.map((column) => `${table}.${column}`).join(', ')})`,
    within: scope,
  };
  const search = registrySearch(filter);
  const one = (comparison: Comparison): Sql =>
    comparison.field.kind === 'tag'
      ? keyed(comparison, keyedTable)
      : compare(`${table}.${tables.columns[comparison.field.key] ?? comparison.field.key}`, comparison);
  return allOf([
    schema.inWorkspace(table, workspace),
    ...(search.showsPrompts ? [] : [isNoPrompt(tables, scope)]),
    ...conditionsOf(search.filter, one),
  ]);
}

function isNoPrompt({ table, tags }: RegistryTables, scope: Sql): Sql {
  return sql(
    `${table}.name NOT IN (SELECT ${tags}.name FROM ${tags} WHERE ${tags}.key = ? AND ${tags}.value = 'true' AND ${scope.text})`,
    promptTag,
    ...scope.values,
  );
}
