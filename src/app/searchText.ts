import { parseFilter } from '../domain/search';
import { isGroup } from '../domain/searchAst';

/* Pieces of MLflow's filter grammar (mlflow.md §1.15), which has no escapes inside quotes. */

/** A string as a filter writes it; undefined where it holds both kinds of quotes, which no filter can say. */
export function quoted(text: string): string | undefined {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? undefined : `"${text}"`;
}

/** A field such as ``metrics.`val/auc` `` */
export function field(kind: 'metrics' | 'params' | 'tags', key: string): string {
  return key.includes('`') ? `${kind}."${key}"` : `${kind}.\`${key}\``;
}

/**
 * `<attribute> ILIKE '%part%'`, which finds at least every value that holds the part. LIKE has no escape, so `%` and
 * `_` of the part match more, and what databases treat differently (quotes, backslashes, letters beyond ASCII, whose
 * case SQLite does not fold) is left open: the caller keeps what `holds` says.
 */
export function contains(attribute: string, part: string): string {
  const open = part.replace(/['"\\]|[^\x20-\x7e]+/g, '%');
  return `${attribute} ILIKE '%${open}%'`;
}

/** Whether a name holds the part, in any case. */
export function holds(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase());
}

/** All must hold. */
export function and(...filters: readonly (string | undefined)[]): string | undefined {
  const parts = filters.map((filter) => filter?.trim() ?? '').filter((filter) => filter !== '');
  return parts.length > 1 ? parts.map(bound).join(' AND ') : parts[0];
}

/** In parentheses where an AND would bind stronger than the OR inside. */
function bound(filter: string): string {
  return isAlternative(filter) ? `(${filter})` : filter;
}

/** Whether a filter of runs has an OR outside of parentheses; one that cannot be read has none. */
function isAlternative(filter: string): boolean {
  try {
    return parseFilter(filter, 'runs').some((condition) => isGroup(condition) && condition.operator === 'OR');
  } catch {
    return false;
  }
}
