import { type Comparison, type Condition, type Filter, isGroup, type SearchField } from '../../domain/searchAst';
import type { Schema } from './schema';
import { allOf, anyOf, inTexts, sql, type Sql } from './sql';

/*
 * MLflow's filters as SQL conditions, with the meaning that its SQLAlchemy stores give them (3.17): what is absent
 * never matches, LIKE tells capitals apart (a pragma of the connection), ILIKE lowers ASCII letters on both sides.
 * Each asks for the one thing at hand (EXISTS): what is searched in pieces would make a list (IN) anew for each piece.
 */

/** The column of `runs` that keeps an attribute. */
export function runColumn(key: string): string {
  return { run_id: 'runs.run_uuid', run_name: 'runs.name' }[key] ?? `runs.${key}`;
}

export function runConditions(filter: Filter, schema: Schema): readonly Sql[] {
  return conditionsOf(filter, (comparison) => runCondition(comparison, schema));
}

/** The conditions of a filter, each with its groups. */
export function conditionsOf(filter: Filter, compare: (comparison: Comparison) => Sql): readonly Sql[] {
  return filter.map((condition) => conditionOf(condition, compare));
}

/** NULL, which a missing value compares to, is false before it is turned round. */
function conditionOf(condition: Condition, compare: (comparison: Comparison) => Sql): Sql {
  if (!isGroup(condition)) return compare(condition);
  const parts = conditionsOf(condition.parts, compare);
  if (condition.operator === 'OR') return anyOf(parts);
  const { text, values } = allOf(parts);
  return condition.operator === 'NOT' ? sql(`(${text}) IS NOT TRUE`, ...values) : sql(text, ...values);
}

function runCondition(comparison: Comparison, schema: Schema): Sql {
  const { field } = comparison;
  if (field.kind === 'metric') return metricCondition(comparison);
  if (field.kind === 'param') return keyed(comparison, ofRuns('params'));
  if (field.kind === 'tag') return keyed(comparison, ofRuns('tags'));
  if (field.kind === 'dataset') return datasetCondition(comparison, schema);
  // Runs of MLflow 1.29 and older keep their name in the tag only; MLflow always asks the tag.
  if (field.key === 'run_name') return keyed(asTag(comparison, 'mlflow.runName'), ofRuns('tags'));
  return compare(runColumn(field.key), comparison);
}

function asTag(comparison: Comparison, key: string): Comparison {
  const field: SearchField = { kind: 'tag', key };
  return { ...comparison, field };
}

/** A NaN is stored as 0 with a mark: only `!=` holds for it. */
function metricCondition(comparison: Comparison): Sql {
  const { field, comparator, value } = comparison;
  if (isNullTest(comparison)) return keyed(comparison, ofRuns('latest_metrics'));
  const nan = comparator === '!=' ? 'OR is_nan = 1' : 'AND is_nan = 0';
  return sql(
    `EXISTS (SELECT 1 FROM latest_metrics WHERE run_uuid = runs.run_uuid AND key = ? AND (value ${comparator} ? ${nan}))`,
    field.key,
    value as number,
  );
}

function datasetCondition(comparison: Comparison, schema: Schema): Sql {
  const { field, comparator } = comparison;
  const isThere = schema.has('inputs') && schema.has('datasets') && schema.has('input_tags');
  if (!isThere) return sql(comparator === 'IS NULL' ? '1' : '0');
  const column = field.key === 'context' ? 'input_tags.value' : `datasets.${field.key}`;
  const tag =
    "JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid AND input_tags.name = 'mlflow.data.context'";
  const rows =
    `SELECT 1 FROM datasets JOIN inputs ON inputs.source_id = datasets.dataset_uuid ${field.key === 'context' ? tag : ''} ` +
    "WHERE inputs.destination_type = 'RUN' AND inputs.destination_id = runs.run_uuid";
  if (isNullTest(comparison)) return sql(`${comparator === 'IS NULL' ? 'NOT ' : ''}EXISTS (${rows})`);
  const { text, values } = compare(column, comparison);
  return sql(`EXISTS (${rows} AND ${text})`, ...values);
}

function isNullTest({ comparator }: Comparison): boolean {
  return comparator === 'IS NULL' || comparator === 'IS NOT NULL';
}

export function experimentCondition(comparison: Comparison, schema: Schema): Sql {
  const { field } = comparison;
  if (field.kind === 'tag') return keyed(comparison, ofExperiments);
  const column = schema.column('experiments', field.key);
  return compare(field.key === 'experiment_id' ? `CAST(${column} AS TEXT)` : column, comparison);
}

/** A table of keys and values, and how its rows belong to what is searched. */
export interface KeyedTable {
  readonly table: string;
  /** Columns of its owner, and the same of the thing itself. */
  readonly owner: string;
  readonly id: string;
  readonly within?: Sql;
}

function ofRuns(table: 'latest_metrics' | 'params' | 'tags'): KeyedTable {
  return { table, owner: `${table}.run_uuid`, id: 'runs.run_uuid' };
}

const ofExperiments: KeyedTable = {
  table: 'experiment_tags',
  owner: 'experiment_tags.experiment_id',
  id: 'experiments.experiment_id',
};

/** A condition on a table of keys and values: its row must exist, but for IS NULL. */
export function keyed(comparison: Comparison, { table, owner, id, within }: KeyedTable): Sql {
  const { field, comparator } = comparison;
  const isTest = isNullTest(comparison);
  const where = [sql(`(${owner}) = ${id}`), sql(`${table}.key = ?`, field.key)];
  if (!isTest) where.push(compareText(`${table}.value`, comparison));
  if (within) where.push(within);
  const { text, values } = allOf(where);
  return sql(`${comparator === 'IS NULL' ? 'NOT ' : ''}EXISTS (SELECT 1 FROM ${table} WHERE ${text})`, ...values);
}

/** A number asks for the texts that are one: only those equal their own number. */
function compareText(column: string, comparison: Comparison): Sql {
  if (typeof comparison.value !== 'number') return compare(column, comparison);
  const number = `CAST(${column} AS REAL)`;
  const { text, values } = compare(number, comparison);
  return sql(`${column} = ${number} AND ${text}`, ...values);
}

/** `column comparator value`; NULL on the left is never true. */
export function compare(column: string, { comparator, value }: Comparison): Sql {
  switch (comparator) {
    case 'IN':
      return inTexts(column, value as readonly string[]);
    case 'NOT IN': {
      const list = inTexts(column, value as readonly string[]);
      return sql(`NOT (${list.text})`, ...list.values);
    }
    case 'ILIKE':
      return sql(`lower(${column}) LIKE lower(?)`, value as string);
    case 'IS NULL':
    case 'IS NOT NULL':
      return sql(`${column} ${comparator}`);
    default:
      return sql(`${column} ${comparator} ?`, value as string | number);
  }
}
