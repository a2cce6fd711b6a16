import type { MetricColumn, RunTable, TextColumn } from './run';

/** A column's piece: absent where no run of the piece has the key. */
export interface Piece<C> {
  readonly length: number;
  readonly column: C | undefined;
}

/** The attributes of several tables as of one, below each other; metrics, params and tags stay out. */
export function joinAttributes(tables: readonly RunTable[]): RunTable {
  const texts = (of: (table: RunTable) => readonly string[]): string[] => tables.flatMap(of);
  const numbers = (of: (table: RunTable) => Float64Array): Float64Array => joined(Float64Array, tables.map(of));
  const bytes = (of: (table: RunTable) => Uint8Array): Uint8Array => joined(Uint8Array, tables.map(of));
  return {
    length: tables.reduce((sum, { length }) => sum + length, 0),
    runIds: texts((table) => table.runIds),
    runNames: texts((table) => table.runNames),
    experimentIds: texts((table) => table.experimentIds),
    userIds: texts((table) => table.userIds),
    artifactUris: texts((table) => table.artifactUris),
    statuses: bytes((table) => table.statuses),
    deleted: bytes((table) => table.deleted),
    startTimes: numbers((table) => table.startTimes),
    endTimes: numbers((table) => table.endTimes),
    metrics: [],
    params: [],
    tags: [],
  };
}

export function joinMetric(key: string, pieces: readonly Piece<MetricColumn>[]): MetricColumn {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const values = new Float64Array(length).fill(NaN);
  const loggedNaN = new Uint8Array(Math.ceil(length / 8));
  let start = 0;
  for (const piece of pieces) {
    if (piece.column) copyMetric(piece.column, { values, loggedNaN }, start, piece.length);
    start += piece.length;
  }
  return { key, values, loggedNaN };
}

function copyMetric(
  from: MetricColumn,
  to: Pick<MetricColumn, 'values' | 'loggedNaN'>,
  start: number,
  length: number,
): void {
  to.values.set(from.values.subarray(0, length), start);
  for (let i = 0; i < length; i++) {
    if (!(((from.loggedNaN[i >> 3] ?? 0) >> (i & 7)) & 1)) continue;
    const row = start + i;
    to.loggedNaN[row >> 3] = (to.loggedNaN[row >> 3] ?? 0) | (1 << (row & 7));
  }
}

/** Each piece has a dictionary of its own; the joined column's holds each text once. */
export function joinText(key: string, pieces: readonly Piece<TextColumn>[]): TextColumn {
  const codes = new Int32Array(pieces.reduce((sum, piece) => sum + piece.length, 0)).fill(-1);
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  let start = 0;
  for (const { column, length } of pieces) {
    const recoded = column?.dictionary.map((text) => {
      const known = codeOf.get(text) ?? dictionary.push(text) - 1;
      codeOf.set(text, known);
      return known;
    });
    for (let i = 0; column && recoded && i < length; i++) {
      const code = column.codes[i] ?? -1;
      if (code >= 0) codes[start + i] = recoded[code] ?? -1;
    }
    start += length;
  }
  return { key, codes, dictionary };
}

function joined<A extends Float64Array | Uint8Array>(kind: new (length: number) => A, parts: readonly A[]): A {
  const whole = new kind(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
