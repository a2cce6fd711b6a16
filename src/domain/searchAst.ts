/** MLflow's filter grammar as a tree (mlflow.md §1.15); `search.ts` parses text into it. */
export type SearchField =
  | { readonly kind: 'attribute'; readonly key: string }
  | { readonly kind: 'metric' | 'param' | 'tag' | 'dataset'; readonly key: string };

export type Comparator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** A place in a filter: offsets in UTF-16 units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Comparison {
  readonly field: SearchField;
  readonly comparator: Comparator;
  /** A list for IN, nothing for IS [NOT] NULL; a number for metrics and numeric attributes, for others if it was one. */
  readonly value?: string | number | readonly string[];
  readonly span: Span;
  /** What MLflow lacks in it, as a filter writes it: `status IN`. */
  readonly beyond?: string;
}

/** What MLflow has not: some must hold, all must hold (parentheses), or the one part must not. */
export interface Group {
  readonly operator: 'OR' | 'AND' | 'NOT';
  readonly parts: readonly Condition[];
  readonly span: Span;
}

export type Condition = Comparison | Group;

/** The conditions of a filter; all must hold. */
export type Filter = readonly Condition[];

export interface OrderBy {
  readonly field: SearchField;
  readonly ascending: boolean;
}

export function isGroup(condition: Condition): condition is Group {
  return 'operator' in condition;
}

/** Every comparison of a condition, those inside groups too. */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  return isGroup(condition) ? condition.parts.flatMap(comparisonsOf) : [condition];
}

/** What of the filter MLflow lacks, as a filter writes it: `OR`, `status IN`. Nothing where MLflow takes it as it is. */
export function beyondMlflow(filter: Filter): string | undefined {
  for (const condition of filter) {
    const lacking = isGroup(condition) ? groupBeyond(condition) : condition.beyond;
    if (lacking !== undefined) return lacking;
  }
  return undefined;
}

function groupBeyond({ operator, parts }: Group): string {
  return operator === 'AND' ? (beyondMlflow(parts) ?? '( )') : operator;
}
