import { type Comparator, type Comparison, type Condition, type Filter, isGroup, type SearchField } from './searchAst';
import { fieldOf, isNumeric } from './searchFields';

/** One condition of a filter as a form shows it; AND binds its neighbours closer than OR, as in the text. */
export interface FilterRow {
  /** With the row before; of no meaning in the first. */
  readonly joiner: 'AND' | 'OR';
  /** As a filter writes it: ``metrics.`val/loss` ``. */
  readonly name: string;
  readonly comparator: Comparator;
  /** As typed, without quotes; the texts of a list with commas between. */
  readonly value: string;
}

/** The rows of a filter; nothing where it has what a row cannot show: parentheses around an OR, NOT. */
export function filterRows(filter: Filter): readonly FilterRow[] | undefined {
  const [only] = filter;
  const isOr = filter.length === 1 && only !== undefined && isGroup(only) && only.operator === 'OR';
  const parts: readonly (readonly Condition[])[] = isOr ? only.parts.map(conjuncts) : [filter.flatMap(conjuncts)];
  if (parts.flat().some(isGroup)) return undefined;
  return parts.flatMap((part) =>
    part.map((condition, place) => rowOf(condition as Comparison, place === 0 ? 'OR' : 'AND')),
  );
}

function conjuncts(condition: Condition): readonly Condition[] {
  return isGroup(condition) && condition.operator === 'AND' ? condition.parts.flatMap(conjuncts) : [condition];
}

function rowOf({ field, comparator, value = '' }: Comparison, joiner: FilterRow['joiner']): FilterRow {
  return {
    joiner,
    name: fieldName(field),
    comparator,
    value: typeof value === 'object' ? value.join(', ') : String(value),
  };
}

const prefixes = { metric: 'metrics.', param: 'params.', tag: 'tags.', dataset: 'dataset.', attribute: '' } as const;

/** A field as a filter writes it. */
export function fieldName({ kind, key }: SearchField): string {
  const quoted = /^[A-Za-z_]\w*$/.test(key) ? key : key.includes('`') ? `"${key}"` : `\`${key}\``;
  return `${prefixes[kind]}${quoted}`;
}

/** The field that a row's name means; nothing while it is being typed. */
export function rowField(name: string): SearchField | undefined {
  try {
    return fieldOf({ text: name, span: { start: 0, end: name.length }, where: '' }, 'runs', 'filter');
  } catch {
    return undefined;
  }
}

/** The rows as MLflow's filter; a row without a name is left out. */
export function filterText(rows: readonly FilterRow[]): string {
  const written = rows.filter(({ name }) => name.trim() !== '');
  return written.map((row, place) => `${place === 0 ? '' : ` ${row.joiner} `}${rowText(row)}`).join('');
}

function rowText({ name, comparator, value }: FilterRow): string {
  if (comparator === 'IS NULL' || comparator === 'IS NOT NULL') return `${name} ${comparator}`;
  return `${name} ${comparator} ${valueText(name, comparator, value.trim())}`;
}

function valueText(name: string, comparator: Comparator, value: string): string {
  if (comparator === 'IN' || comparator === 'NOT IN') {
    const texts = value.split(',').map((text) => quoted(text.trim()));
    return `(${texts.join(', ')})`;
  }
  const field = rowField(name);
  const isOrder = ['>', '>=', '<', '<='].includes(comparator);
  const isNumber = isOrder || (field !== undefined && isNumeric(field, 'runs'));
  return isNumber && value !== '' ? value : quoted(value);
}

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
