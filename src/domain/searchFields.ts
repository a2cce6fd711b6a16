import * as l10n from '@vscode/l10n';
import type { Comparator, SearchField, Span } from './searchAst';
import { invalidAt } from './searchErrors';
import { unquoted } from './searchTokens';

/** What is searched: each kind of thing has its own field names in MLflow's grammar (mlflow.md §1.4, §1.5, §1.9). */
export type SearchScope = 'runs' | 'experiments' | 'models' | 'versions';

type FieldKind = SearchField['kind'];

interface ScopeRules {
  /** Prefix before the dot → kind. */
  readonly prefixes: Readonly<Record<string, FieldKind>>;
  readonly attributes: readonly string[];
  readonly numeric: readonly string[];
  /** Attributes that may be compared with a list. */
  readonly lists: readonly string[];
  readonly orderAttributes: readonly string[];
  /** Names that MLflow has for attributes beside its own; an order knows fewer of them. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly orderAliases: Readonly<Record<string, string>>;
  /** Attributes and prefixes may stand in quotes. */
  readonly quotes: boolean;
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
const startAliases = { created: 'start_time', Created: 'start_time' };
const nameAliases = { 'run name': 'run_name', 'Run name': 'run_name', 'Run Name': 'run_name' };

const scopes: Readonly<Record<SearchScope, ScopeRules>> = {
  runs: {
    prefixes: runPrefixes,
    attributes: runAttributes,
    numeric: ['start_time', 'end_time'],
    lists: ['run_id'],
    orderAttributes: runAttributes,
    aliases: { ...startAliases, ...nameAliases },
    orderAliases: startAliases,
    quotes: true,
  },
  experiments: {
    prefixes: otherPrefixes,
    attributes: experimentAttributes,
    numeric: ['creation_time', 'last_update_time'],
    lists: ['experiment_id'],
    orderAttributes: experimentAttributes,
    aliases: {},
    orderAliases: {},
    quotes: true,
  },
  models: {
    prefixes: otherPrefixes,
    attributes: ['name'],
    numeric: [],
    lists: ['name'],
    orderAttributes: ['creation_timestamp', 'last_updated_timestamp', 'name'],
    aliases: {},
    // MLflow sorts models by the time of the last change under both names.
    orderAliases: { timestamp: 'last_updated_timestamp' },
    quotes: false,
  },
  versions: {
    prefixes: otherPrefixes,
    attributes: ['name', 'run_id', 'source_path', 'version_number'],
    numeric: ['version_number'],
    lists: ['name', 'run_id'],
    orderAttributes: ['creation_timestamp', 'last_updated_timestamp', 'name', 'version_number'],
    aliases: {},
    orderAliases: {},
    quotes: false,
  },
};

const datasetKeys = ['context', 'digest', 'name'];
const numericComparators: readonly Comparator[] = ['=', '!=', '>', '>=', '<', '<='];
const likeComparators: readonly Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];
const listComparators: readonly Comparator[] = ['IN', 'NOT IN'];
const nullComparators: readonly Comparator[] = ['IS NULL', 'IS NOT NULL'];

/** A name as it stands in a filter or an order. */
interface WrittenName {
  readonly text: string;
  readonly span: Span;
  /** Begins a sentence: `Filter, character 5`. */
  readonly where: string;
}

/**
 * The field that a name such as ``metrics.`val/loss` `` or `start_time` means; aliases become MLflow's own name.
 * Throws UserError 'invalid' for an unknown one.
 */
export function fieldOf(name: WrittenName, scope: SearchScope, use: 'filter' | 'order'): SearchField {
  const rules = scopes[scope];
  const { text } = name;
  const dot = text.indexOf('.');
  const prefix = dot < 0 ? 'attribute' : unquoted(text.slice(0, dot), scope === 'runs' ? '`' : '');
  const kind = Object.hasOwn(rules.prefixes, prefix) ? rules.prefixes[prefix] : undefined;
  if (!kind) throw unknown(prefix, Object.keys(rules.prefixes), name);
  const written = text.slice(dot + 1);
  const key = kind === 'attribute' && use === 'filter' && !rules.quotes ? written : keyOf(written);
  if (kind === 'dataset' && !datasetKeys.includes(key)) throw unknown(key, datasetKeys, name);
  if (kind !== 'attribute') return { kind, key };
  const aliases = use === 'filter' ? rules.aliases : rules.orderAliases;
  const attribute = (Object.hasOwn(aliases, key) ? aliases[key] : undefined) ?? key;
  const known = use === 'filter' ? rules.attributes : rules.orderAttributes;
  if (!known.includes(attribute)) throw unknown(key, known, name);
  return { kind, key: attribute };
}

function keyOf(written: string): string {
  return unquoted(unquoted(written, `'"`), '`');
}

export function isNumeric(field: SearchField, scope: SearchScope): boolean {
  return field.kind === 'metric' || (field.kind === 'attribute' && scopes[scope].numeric.includes(field.key));
}

/** The comparators that MLflow 3.17 takes for a field. */
export function comparatorsOf(field: SearchField, scope: SearchScope): readonly Comparator[] {
  if (isNumeric(field, scope)) return numericComparators;
  if (field.kind === 'dataset') return [...likeComparators, ...listComparators];
  if (field.kind === 'attribute')
    return scopes[scope].lists.includes(field.key) ? [...likeComparators, ...listComparators] : likeComparators;
  return scope === 'runs' || scope === 'experiments' ? [...likeComparators, ...nullComparators] : likeComparators;
}

/** Those and what Ringside adds: lists and IS NULL everywhere, and numbers in params and tags. */
export function allComparatorsOf(field: SearchField, scope: SearchScope): readonly Comparator[] {
  if (isNumeric(field, scope)) return [...numericComparators, ...nullComparators];
  const text = [...likeComparators, ...listComparators, ...nullComparators];
  return holdsNumbers(field) ? [...text, '>', '>=', '<', '<='] : text;
}

/** Texts in which scripts log numbers: they may be compared as such. */
export function holdsNumbers({ kind }: SearchField): boolean {
  return kind === 'param' || kind === 'tag';
}

function unknown(name: string, known: readonly string[], { where, span }: WrittenName): Error {
  return invalidAt(span, l10n.t('{0}: unknown name "{1}".', where, name), {
    next: l10n.t('Known here: {0}.', [...known].sort().join(', ')),
  });
}
