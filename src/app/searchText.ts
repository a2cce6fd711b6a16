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

/** Both must hold. */
export function and(...filters: readonly (string | undefined)[]): string | undefined {
  const parts = filters.map((filter) => filter?.trim()).filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(' AND ');
}
