import * as l10n from '@vscode/l10n';
import { UserError } from './errors';
import { parseFilter, parseOrderBy } from './search';
import { type Comparison, type Condition, type Filter, isGroup } from './searchAst';
import { beyondNote } from './searchBeyond';
import type { SearchScope } from './searchFields';

/** What of a search a server is asked, and what of its filter is left to Ringside. */
export interface SplitSearch {
  /** The filter for the server: as it was written where nothing is left. */
  readonly sent?: string;
  /** What the server lacks; empty where it does it all. */
  readonly here: Filter;
  /** A page says this of a filter that goes beyond MLflow. */
  readonly note: { readonly beyond?: string };
  /** Why Ringside would refuse it. The server is asked all the same: it may know more. */
  readonly refusal?: UserError;
}

interface Search {
  readonly filter?: string;
  readonly orderBy?: readonly string[];
}

export function splitSearch({ filter = '', orderBy }: Search, scope: SearchScope): SplitSearch {
  try {
    parseOrderBy(orderBy, scope);
    const parsed = parseFilter(filter, scope);
    const note = beyondNote(parsed);
    if (note.beyond === undefined) return { ...(parsed.length > 0 && { sent: filter }), here: [], note };
    return { ...divided(filter, parsed, isMlflows), note };
  } catch (error) {
    if (error instanceof UserError) return { sent: filter, here: [], note: {}, refusal: error };
    throw error;
  }
}

/**
 * MLflow before 3.10 has no IS [NOT] NULL: the search with that left to Ringside; undefined where there is none in what
 * was sent.
 */
export function splitForOldServer({ filter = '' }: Search, scope: SearchScope): SplitSearch | undefined {
  const parsed = parseFilter(filter, scope);
  const split = divided(filter, parsed, (condition) => isMlflows(condition) && !isNullTest(condition));
  const found = split.here.find(isNullTest);
  if (!found) return undefined;
  const note = l10n.t('Ringside evaluated this filter itself: the server has no {0}.', found.comparator);
  return { ...split, note: { beyond: note } };
}

function divided(filter: string, parsed: Filter, isSent: (condition: Condition) => boolean) {
  const conditions = parsed.flatMap(opened);
  const sent = conditions.filter(isSent).map(({ span }) => filter.slice(span.start, span.end));
  return {
    ...(sent.length > 0 && { sent: sent.join(' AND ') }),
    here: conditions.filter((condition) => !isSent(condition)),
  };
}

function isMlflows(condition: Condition): boolean {
  return !isGroup(condition) && condition.beyond === undefined;
}

function isNullTest(condition: Condition): condition is Comparison {
  return !isGroup(condition) && condition.beyond === undefined && condition.comparator.startsWith('IS ');
}

/** Parentheses around comparisons that must all hold are none. */
function opened(condition: Condition): readonly Condition[] {
  return isGroup(condition) && condition.operator === 'AND' ? condition.parts.flatMap(opened) : [condition];
}
