import { parseFilter, parseOrderBy } from '../../src/domain/search';
import { type Comparison, comparisonsOf } from '../../src/domain/searchAst';
import type { SearchCase } from './searchCases';

/*
 * Where Ringside and MLflow's client differ in what they find. MLflow's two stores do not refuse the same: what one of
 * them takes, Ringside takes on both; what only MLflow's parser could mean by a text, Ringside refuses. Each difference
 * has a name and is told from the search alone; nothing else is excused.
 */

export type Answer = readonly string[] | 'refused';

export interface Ours {
  readonly ids: Answer;
  /** Ringside evaluated what MLflow's grammar lacks. */
  readonly beyond: boolean;
}

interface Differing extends SearchCase {
  readonly name: 'sqlite' | 'files';
  readonly ours: Ours;
  /** What each store that was asked answers. */
  readonly mlflow: { readonly sqlite?: Answer | undefined; readonly files?: Answer | undefined };
}

const differences: Readonly<Record<string, (one: Differing) => boolean>> = {
  /** MLflow's file store looks at a comparison, and at an order, only when something that is left reaches it. */
  'refused lazily': ({ name, ours, mlflow }) =>
    name === 'files' &&
    (ours.ids === 'refused' || ours.beyond) &&
    mlflow.sqlite === 'refused' &&
    mlflow.files?.length === 0,

  /** MLflow's SQL store refuses an order that names a field twice; its file store lets the first one decide. */
  'ordered twice': ({ name, ours, mlflow, scope, orderBy }) => {
    if (name !== 'sqlite' || mlflow.sqlite !== 'refused') return false;
    if (ours.ids === 'refused') return false;
    const fields = parseOrderBy(orderBy, scope).map(({ field }) => `${field.kind}.${field.key}`);
    return new Set(fields).size < fields.length;
  },

  /**
   * MLflow's SQL store wants whole numbers for ids, times and version numbers. Its file store takes fractions and any
   * text, and cuts the fraction off a version number.
   */
  'whole numbers': ({ name, mlflow, scope, filter }) =>
    (name === 'sqlite' ? mlflow.sqlite === 'refused' : scope === 'versions') &&
    comparisons(filter, scope).some(({ field, value, comparator }) => {
      if (field.key === 'experiment_id') return comparator.includes('LIKE') || ![value].flat().every(isWhole);
      return ['creation_time', 'last_update_time', 'version_number'].includes(field.key) && !isWhole(value);
    }),

  /** MLflow's file store takes a list for any sign, and no text is equal to a list. */
  'lists for signs': ({ name, ours, mlflow, filter }) =>
    name === 'files' && ours.ids === 'refused' && mlflow.sqlite === 'refused' && /(?:[=!<>~]|LIKE)\s*\(/i.test(filter),

  /** MLflow's SQL store knows LIKE, ILIKE and IN for experiments in capitals only. */
  'in capitals': ({ name, mlflow, scope, filter }) =>
    name === 'sqlite' &&
    mlflow.sqlite === 'refused' &&
    scope === 'experiments' &&
    comparisons(filter, scope).some(({ span, comparator }) => {
      const words = /LIKE|^IN$/.test(comparator) ? new RegExp(`\\b${comparator}\\b`) : /(?:)/;
      return !words.test(filter.slice(span.start, span.end));
    }),

  /** MLflow's file store compares the prompts' tag, which models lack, as if it could only be true or false. */
  'prompts’ tag': ({ name, scope, filter }) => {
    const said = comparisons(filter, scope).filter(({ field }) => field.key === 'mlflow.prompt.is_prompt');
    return name === 'files' && (said.length > 1 || said.some(({ value }) => value !== 'true' && value !== 'false'));
  },

  /** MLflow takes what follows a name in SQL for a part of the key: `tags.a.`, `tags.a[0]`, `tags.f(x)`, `tags.a b`. */
  'odd keys': ({ ours, filter }) =>
    ours.ids === 'refused' &&
    /[\w"'`](?:\s*(?:\.\s*[=!<>~ ]|\[|\(|::|->)|\s*(?:[#@]\w|\/\*)|\s+\w+\s+(?:IS|IN|NOT)\b)|\.\*/i.test(filter),
};

function comparisons(filter: string, scope: SearchCase['scope']): readonly Comparison[] {
  try {
    return parseFilter(filter, scope).flatMap(comparisonsOf);
  } catch {
    return [];
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : /^-?\d+$/.test(String(value));
}

/** The name of the difference; undefined where it has none. */
export function differenceOf(
  one: SearchCase,
  name: Differing['name'],
  ours: Ours,
  mlflow: Differing['mlflow'],
): string | undefined {
  return Object.entries(differences).find(([, differs]) => differs({ ...one, name, ours, mlflow }))?.[0];
}
