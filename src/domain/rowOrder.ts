/** What rows can be sorted by; both arrays have one entry per row of the table. */
export type SortValues =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: readonly string[] };

export interface SortKey {
  readonly by: SortValues;
  readonly ascending: boolean;
}

/** Rows in the order of the keys, the first before the others; NaN and missing last in either direction, ties as they were. */
export function orderRows(rows: Uint32Array, keys: readonly SortKey[]): Uint32Array {
  const [first] = keys;
  if (keys.length === 1 && first?.by.kind === 'number') return orderByNumbers(rows, first.by.values, first.ascending);
  const compares = keys.map(comparison);
  return rows.slice().sort((a, b) => {
    for (const compare of compares) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** What most people sort by, three times as fast as by keys in general. */
function orderByNumbers(rows: Uint32Array, values: Float64Array, ascending: boolean): Uint32Array {
  const isMissing = (row: number): boolean => Number.isNaN(values[row] ?? NaN);
  const present = rows.filter((row) => !isMissing(row));
  // Of two equal infinities the difference is NaN, which counts as none.
  if (ascending) present.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  else present.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  if (present.length === rows.length) return present;
  const all = new Uint32Array(rows.length);
  all.set(present);
  all.set(rows.filter(isMissing), present.length);
  return all;
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

function comparison({ by, ascending }: SortKey): (a: number, b: number) => number {
  const ranks = by.kind === 'number' ? by.values : ranksOf(by.codes, by.dictionary);
  const sign = ascending ? 1 : -1;
  return (a, b) => {
    const [x, y] = [ranks[a] ?? NaN, ranks[b] ?? NaN];
    if (x === y) return 0;
    if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
    if (Number.isNaN(y)) return -1;
    return x < y ? -sign : sign;
  };
}

/** Each text's place among the column's texts; numbers within them count as numbers ("v2" before "v10"). */
function ranksOf(codes: Int32Array, dictionary: readonly string[]): Float64Array {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const places = new Float64Array(dictionary.length);
  const sorted = dictionary.map((text, code) => ({ text, code })).sort((a, b) => compare(a.text, b.text));
  sorted.forEach(({ code }, place) => (places[code] = place));
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : (places[code] ?? NaN)));
}
