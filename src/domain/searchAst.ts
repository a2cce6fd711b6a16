/** MLflow's filter grammar as a tree (mlflow.md §1.15); `search.ts` parses text into it. */
export type SearchField =
  | { readonly kind: 'attribute'; readonly key: string }
  | { readonly kind: 'metric' | 'param' | 'tag' | 'dataset'; readonly key: string };

export type Comparator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

export interface Comparison {
  readonly field: SearchField;
  readonly comparator: Comparator;
  /** A number for metrics and numeric attributes, a list for IN, nothing for IS [NOT] NULL. */
  readonly value?: string | number | readonly string[];
}

/** The comparisons of a filter; all must hold. */
export type Filter = readonly Comparison[];

export interface OrderBy {
  readonly field: SearchField;
  readonly ascending: boolean;
}
