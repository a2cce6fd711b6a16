import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Comparison, Filter, SearchField } from '../../domain/searchAst';
import { inIntegers, inTexts, isInteger, sql, type Sql } from './sql';
import type { Schema } from './schema';

/*
 * MLflow's filters as SQL conditions, with the meaning that its SQLAlchemy stores give them (3.17): what is absent
 * never matches, LIKE tells capitals apart (a pragma of the connection), ILIKE lowers ASCII letters on both sides.
 */

/** The column of `runs` that keeps an attribute. */
export function runColumn(key: string): string {
  return { run_id: 'runs.run_uuid', run_name: 'runs.name' }[key] ?? `runs.${key}`;
}

export function runConditions(filter: Filter, schema: Schema): readonly Sql[] {
  return filter.map((comparison) => runCondition(comparison, schema));
}

function runCondition(comparison: Comparison, schema: Schema): Sql {
  const { field } = comparison;
  if (field.kind === 'metric') return metricCondition(comparison);
  if (field.kind === 'param') return keyed(comparison, 'runs.run_uuid', 'params', 'run_uuid');
  if (field.kind === 'tag') return keyed(comparison, 'runs.run_uuid', 'tags', 'run_uuid');
  if (field.kind === 'dataset') return datasetCondition(comparison, schema);
  // Runs of MLflow 1.29 and older keep their name in the tag only; MLflow always asks the tag.
  if (field.key === 'run_name') return keyed(asTag(comparison, 'mlflow.runName'), 'runs.run_uuid', 'tags', 'run_uuid');
  return compare(runColumn(field.key), comparison);
}

function asTag(comparison: Comparison, key: string): Comparison {
  const field: SearchField = { kind: 'tag', key };
  return { ...comparison, field };
}

/** A NaN is stored as 0 with a mark: only `!=` holds for it. */
function metricCondition({ field, comparator, value }: Comparison): Sql {
  const nan = comparator === '!=' ? 'OR is_nan = 1' : 'AND is_nan = 0';
  return sql(
    `runs.run_uuid IN (SELECT run_uuid FROM latest_metrics WHERE key = ? AND (value ${comparator} ? ${nan}))`,
    field.key,
    value as number,
  );
}

function datasetCondition(comparison: Comparison, schema: Schema): Sql {
  if (!schema.has('inputs') || !schema.has('datasets') || !schema.has('input_tags')) return sql('0');
  const from = 'SELECT inputs.destination_id FROM datasets JOIN inputs ON inputs.source_id = datasets.dataset_uuid';
  if (comparison.field.key !== 'context') {
    const { text, values } = compare(`datasets.${comparison.field.key}`, comparison);
    return sql(`runs.run_uuid IN (${from} WHERE ${text})`, ...values);
  }
  const { text, values } = compare('input_tags.value', comparison);
  const tag =
    "JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid AND input_tags.name = 'mlflow.data.context'";
  return sql(`runs.run_uuid IN (${from} ${tag} WHERE ${text})`, ...values);
}

export function experimentCondition(comparison: Comparison, schema: Schema): Sql {
  const { field } = comparison;
  if (field.kind === 'tag') return keyed(comparison, 'experiments.experiment_id', 'experiment_tags', 'experiment_id');
  if (field.key !== 'experiment_id') return compare(schema.column('experiments', field.key), comparison);
  const value = comparison.value ?? [];
  const ids = typeof value === 'object' ? value : [String(value)];
  const wrong = ids.find((id) => !isInteger(id));
  if (wrong !== undefined)
    throw new UserError('invalid', l10n.t('Filter: experiment_id "{0}" is not a whole number.', wrong));
  const { text, values } = inIntegers('experiments.experiment_id', ids);
  return sql(comparison.comparator === '!=' || comparison.comparator === 'NOT IN' ? `NOT ${text}` : text, ...values);
}

/** A condition on a table of keys and values: its row must exist, but for IS NULL. */
export function keyed(
  { field, comparator, value }: Comparison,
  id: string,
  table: string,
  owner: string,
  within?: Sql,
): Sql {
  const scope = within ? ` AND ${within.text}` : '';
  const scopeValues = within?.values ?? [];
  const rows = `SELECT ${table}.${owner} FROM ${table} WHERE ${table}.key = ?`;
  if (comparator === 'IS NULL') return sql(`${id} NOT IN (${rows}${scope})`, field.key, ...scopeValues);
  if (comparator === 'IS NOT NULL') return sql(`${id} IN (${rows}${scope})`, field.key, ...scopeValues);
  const condition = compare(`${table}.value`, { field, comparator, ...(value !== undefined && { value }) });
  return sql(`${id} IN (${rows} AND ${condition.text}${scope})`, field.key, ...condition.values, ...scopeValues);
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
