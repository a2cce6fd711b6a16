import { orderByNumbers } from './radixOrder';

/** What rows can be sorted by; both arrays have one entry per row of the table. */
export type SortValues =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: readonly string[] }
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

export interface SortKey {
  readonly by: SortValues;
  readonly ascending: boolean;
}

/** Rows in the order of the keys, the first before the others; NaN and missing last in either direction, ties as they were. */
export function orderRows(rows: Uint32Array, keys: readonly SortKey[]): Uint32Array {
  return keys.reduceRight((ordered, { by, ascending }) => {
    return orderByNumbers(ordered, ranksIn(by), ascending);
  }, rows);
}

export function allRows(length: number): Uint32Array {
  const rows = new Uint32Array(length);
  for (let i = 0; i < length; i++) rows[i] = i;
  return rows;
}

/** Rows whose text holds the words, capitals or not; all where there are none. */
export function searchRows(rows: Uint32Array, texts: readonly string[], words: string): Uint32Array {
  const wanted = words.trim().toLowerCase();
  return wanted === '' ? rows : rows.filter((row) => (texts[row] ?? '').toLowerCase().includes(wanted));
}

/** Texts as codes into those that there are. */
export function coded(texts: readonly string[]): {
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
} {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(texts, (text) => {
    const code = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, code);
    return code;
  });
  return { codes, dictionary: [...codeOf.keys()] };
}

function ranksIn(by: SortValues): Float64Array {
  if (by.kind === 'number') return by.values;
  const { codes, dictionary } = by.kind === 'text' ? by : coded(by.texts);
  return ranksOf(codes, dictionary);
}

/** Each text's place among the column's texts; numbers within them count as numbers ("v2" before "v10"). */
function ranksOf(codes: Int32Array, dictionary: readonly string[]): Float64Array {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const places = new Float64Array(dictionary.length);
  const sorted = dictionary.map((text, code) => ({ text, code })).sort((a, b) => compare(a.text, b.text));
  sorted.forEach(({ code }, place) => (places[code] = place));
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : (places[code] ?? NaN)));
}
