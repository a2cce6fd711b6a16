import * as l10n from '@vscode/l10n';
import { UserError } from './errors';
import type { Comparator, SearchField } from './searchAst';
import { unquoted } from './searchTokens';

/** What is searched: each kind of thing has its own field names in MLflow's grammar (mlflow.md §1.4, §1.5, §1.9). */
export type SearchScope = 'runs' | 'experiments' | 'models';

type FieldKind = SearchField['kind'];

interface ScopeRules {
  /** Prefix before the dot → kind. */
  readonly prefixes: Readonly<Record<string, FieldKind>>;
  readonly attributes: readonly string[];
  readonly numeric: readonly string[];
  /** Attributes that may be compared with a list. */
  readonly lists: readonly string[];
  readonly orderAttributes: readonly string[];
}

const runPrefixes = {
  metric: 'metric',
  metrics: 'metric',
  param: 'param',
  params: 'param',
  parameter: 'param',
  parameters: 'param',
  tag: 'tag',
  tags: 'tag',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  dataset: 'dataset',
  datasets: 'dataset',
} as const;
const otherPrefixes = { attribute: 'attribute', tag: 'tag', tags: 'tag' } as const;

const runAttributes = ['artifact_uri', 'end_time', 'run_id', 'run_name', 'start_time', 'status', 'user_id'];
const experimentAttributes = ['creation_time', 'experiment_id', 'last_update_time', 'name'];

const scopes: Readonly<Record<SearchScope, ScopeRules>> = {
  runs: {
    prefixes: runPrefixes,
    attributes: runAttributes,
    numeric: ['start_time', 'end_time'],
    lists: ['run_id'],
    orderAttributes: runAttributes,
  },
  experiments: {
    prefixes: otherPrefixes,
    attributes: experimentAttributes,
    numeric: ['creation_time', 'last_update_time'],
    lists: ['experiment_id'],
    orderAttributes: experimentAttributes,
  },
  models: {
    prefixes: otherPrefixes,
    attributes: ['name'],
    numeric: [],
    lists: ['name'],
    orderAttributes: ['last_updated_timestamp', 'name', 'timestamp'],
  },
};

const aliases: ReadonlyMap<string, string> = new Map([
  ['created', 'start_time'],
  ['Created', 'start_time'],
  ['run name', 'run_name'],
  ['Run name', 'run_name'],
  ['Run Name', 'run_name'],
]);

const datasetKeys = ['context', 'digest', 'name'];
const numericComparators: readonly Comparator[] = ['=', '!=', '>', '>=', '<', '<='];
const textComparators: readonly Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];

/**
 * The field that a name such as ``metrics.`val/loss` `` or `start_time` means; aliases become MLflow's own name.
 * Throws UserError 'invalid' for an unknown one; `where` names its place in that sentence.
 */
export function fieldOf(name: string, scope: SearchScope, use: 'filter' | 'order', where: string): SearchField {
  const rules = scopes[scope];
  const dot = name.indexOf('.');
  const prefix = dot < 0 ? 'attribute' : unquoted(name.slice(0, dot), '`');
  const kind = Object.hasOwn(rules.prefixes, prefix) ? rules.prefixes[prefix] : undefined;
  if (!kind) throw unknown(prefix, Object.keys(rules.prefixes), where);
  const written = unquoted(unquoted(name.slice(dot + 1), `'"`), '`');
  if (kind === 'dataset' && !datasetKeys.includes(written)) throw unknown(written, datasetKeys, where);
  if (kind !== 'attribute') return { kind, key: written };
  const key = scope === 'runs' ? (aliases.get(written) ?? written) : written;
  const known = use === 'filter' ? rules.attributes : rules.orderAttributes;
  if (!known.includes(key)) throw unknown(written, known, where);
  return { kind, key };
}

export function isNumeric(field: SearchField, scope: SearchScope): boolean {
  return field.kind === 'metric' || (field.kind === 'attribute' && scopes[scope].numeric.includes(field.key));
}

/** The comparators that MLflow 3.17 takes for a field. */
export function comparatorsOf(field: SearchField, scope: SearchScope): readonly Comparator[] {
  if (isNumeric(field, scope)) return numericComparators;
  if (field.kind === 'dataset') return [...textComparators, 'IN', 'NOT IN'];
  if (field.kind !== 'attribute')
    return scope === 'models' ? textComparators : [...textComparators, 'IS NULL', 'IS NOT NULL'];
  if (field.key === 'experiment_id') return ['=', '!=', 'IN', 'NOT IN'];
  return scopes[scope].lists.includes(field.key) ? [...textComparators, 'IN', 'NOT IN'] : textComparators;
}

function unknown(name: string, known: readonly string[], where: string): UserError {
  return new UserError('invalid', l10n.t('{0}: unknown name "{1}".', where, name), {
    next: l10n.t('Known here: {0}.', [...known].sort().join(', ')),
  });
}
