import { parseFilter, parseOrderBy } from '../../src/domain/search';
import { type Comparison, comparisonsOf } from '../../src/domain/searchAst';
import type { SearchCase } from './searchCases';

/*
 * Where Ringside and MLflow 3.17.2 differ in what they find. MLflow's two stores do not refuse the same: what one of
 * them takes, Ringside takes on both; what only MLflow's parser could mean by a text, Ringside refuses. Each difference
 * has a name, an example that shows it, and is told from the search alone; nothing else is excused.
 */

export type Answer = readonly string[] | 'refused';

export interface Ours {
  readonly ids: Answer;
  /** Ringside evaluated what MLflow's grammar lacks. */
  readonly beyond: boolean;
}

type StoreName = 'sqlite' | 'files';

interface Differing extends SearchCase {
  readonly name: StoreName;
  readonly ours: Ours;
  /** What each store that was asked answers. */
  readonly mlflow: { readonly sqlite?: Answer | undefined; readonly files?: Answer | undefined };
}

interface Difference {
  readonly on: StoreName;
  readonly example: SearchCase;
  readonly differs: (one: Differing) => boolean;
}

const example = (scope: SearchCase['scope'], filter: string, ...orderBy: readonly string[]): SearchCase => ({
  scope,
  filter,
  orderBy,
});

const key = '\\w+(?:\\.(?:\\w+(?:\\.\\w+)*|`[^`]*`|"[^"]*"))?';
const membership = "(?:NOT\\s+)?IN\\s*\\(\\s*'[^']*'(?:\\s*,\\s*'[^']*')*\\s*\\)";
const plain = new RegExp(
  `(^|\\bAND\\b)\\s*${key}\\s+(?:IS\\s+(?:NOT\\s+)?NULL|${membership})\\s*(?=$|\\bAND\\b)`,
  'gi',
);

/** What is left of a filter without its comparisons by IS and IN that are well formed: these excuse nothing. */
const oddities = (filter: string): string => filter.trim().replace(plain, '$1 ');

const refusedBySql = ({ name, mlflow }: Differing): boolean => name === 'sqlite' && mlflow.sqlite === 'refused';
const refusedByUs = ({ ours }: Differing): boolean => ours.ids === 'refused';

export const differences: Readonly<Record<string, Difference>> = {
  /** MLflow's file store looks at a comparison, and at an order, only when something that is left reaches it. */
  'refused lazily': {
    on: 'files',
    example: example('runs', "run_id = 'x' AND metrics.auc ~ 1"),
    differs: ({ name, ours, mlflow }) =>
      name === 'files' &&
      (ours.ids === 'refused' || ours.beyond) &&
      mlflow.sqlite === 'refused' &&
      mlflow.files?.length === 0,
  },

  /** MLflow's SQL store refuses an order that names a field twice; its file store lets the first one decide. */
  'ordered twice': {
    on: 'sqlite',
    example: example('runs', '', 'metrics.auc', 'metric.auc DESC'),
    differs: (one) => {
      if (!refusedBySql(one) || refusedByUs(one)) return false;
      const fields = parseOrderBy(one.orderBy, one.scope).map(({ field }) => `${field.kind}.${field.key}`);
      return new Set(fields).size < fields.length;
    },
  },

  /**
   * MLflow's SQL store wants whole numbers of 64 bits for ids, times and version numbers. Its file store takes
   * fractions and any text, and cuts the fraction off a version number.
   */
  'whole numbers': {
    on: 'sqlite',
    example: example('experiments', "experiment_id != 'x' AND creation_time > 99999999999999999999"),
    differs: (one) =>
      (refusedBySql(one) || (one.name === 'files' && one.scope === 'versions')) &&
      comparisons(one).some(({ field, value, comparator }) => {
        if (field.key === 'experiment_id') return comparator.includes('LIKE') || ![value].flat().every(isWhole);
        return /_time$|^version_number$/.test(field.key) && !isWhole(value);
      }),
  },

  /** MLflow's file store takes a list for any sign, and no text is equal to a list. */
  'lists for signs': {
    on: 'files',
    example: example('models', "name != ('x')"),
    differs: (one) =>
      one.name === 'files' &&
      refusedByUs(one) &&
      /(?:[=!<>~]|LIKE)\s*\(/i.test(one.filter) &&
      one.mlflow.files !== 'refused',
  },

  /** MLflow's SQL store knows LIKE, ILIKE and IN for experiments in capitals only. */
  'in capitals': {
    on: 'sqlite',
    example: example('experiments', "name like '%c%'"),
    differs: (one) =>
      refusedBySql(one) &&
      one.scope === 'experiments' &&
      comparisons(one).some(({ span, comparator }) => {
        const written = one.filter.slice(span.start, span.end);
        return /LIKE|^IN$/.test(comparator) && !new RegExp(`\\b${comparator}\\b`).test(written);
      }),
  },

  /** MLflow's file store compares the prompts' tag, which models lack, as if it could only be true or false. */
  'prompts’ tag': {
    on: 'files',
    example: example('models', "tags.`mlflow.prompt.is_prompt` = 'x'"),
    differs: (one) => {
      const said = comparisons(one).filter(({ field }) => field.key === 'mlflow.prompt.is_prompt');
      return (
        one.name === 'files' && (said.length > 1 || said.some(({ value }) => !/^(?:true|false)$/.test(String(value))))
      );
    },
  },

  /** MLflow takes what follows a name in SQL for a part of the key: `tags.a.`, `tags.a[0]`, `tags.f(x)`, `tags.a b`. */
  'odd keys': {
    on: 'sqlite',
    example: example('runs', "tags.a[0] = 'x'"),
    differs: (one) =>
      refusedByUs(one) &&
      /[\w"'`](?:\s*(?:\.\s*[=!<>~ ]|\[|\(|::|->)|\s*(?:[#@]\w|\/\*)|\s+\w+\s+(?:IS|IN|NOT)\b)|\.\*/i.test(
        oddities(one.filter),
      ),
  },

  /** Where an AND is missing before it, MLflow takes the whole comparison that comes first for a part of the key. */
  'a comparison as a key': {
    on: 'sqlite',
    example: example('runs', "params.depth = '2' tags.gone IS NULL"),
    differs: (one) =>
      refusedByUs(one) &&
      /['"`\d)]\s+(?:(?!\bAND\b)[^'"])*?\b\w+\.(?:`[^`]*`|"[^"]*"|'[^']*'|[\w.]+)\s*(?:IS|IN|NOT)\b/i.test(
        oddities(one.filter),
      ),
  },

  /** MLflow refuses a filter of blanks, and blanks around an order. */
  'blanks around': {
    on: 'files',
    example: example('runs', ' ', ' metrics.auc DESC '),
    differs: ({ filter, orderBy, mlflow, name }) =>
      mlflow[name] === 'refused' &&
      ((filter !== '' && filter.trim() === '') || orderBy.some((order) => order.trim() !== order)),
  },

  /** MLflow splits an order as a shell does: quotes and backslashes inside of backticks break it. */
  'shell words': {
    on: 'files',
    example: example('runs', '', 'tags.`a"b` DESC'),
    differs: ({ orderBy }) => orderBy.some((order) => /`[^`]*["'\\][^`]*`/.test(order)),
  },

  /** MLflow's SQL store joins a table for each comparison, and SQLite joins 64. */
  'many comparisons': {
    on: 'sqlite',
    example: example('runs', Array.from({ length: 70 }, () => "params.depth != 'x'").join(' AND ')),
    differs: (one) => refusedBySql(one) && comparisons(one).length > 60,
  },
};

function comparisons({ filter, scope }: SearchCase): readonly Comparison[] {
  try {
    return parseFilter(filter, scope).flatMap(comparisonsOf);
  } catch {
    return [];
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : /^-?\d+$/.test(String(value));
}

/** The name of the difference; undefined where it has none. */
export function differenceOf(
  one: SearchCase,
  name: StoreName,
  ours: Ours,
  mlflow: Differing['mlflow'],
): string | undefined {
  return Object.entries(differences).find(([, { differs }]) => differs({ ...one, name, ours, mlflow }))?.[0];
}
