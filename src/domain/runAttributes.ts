import type { RunTable } from './run';

/** Texts of rows, one behind the other: one long text travels between threads in no time, a hundred thousand do not. */
export interface PackedTexts {
  readonly text: string;
  /** Where each ends in it. */
  readonly ends: Uint32Array;
}

/** What every run has, as a page is sent it; columns are read one by one. */
export interface RunAttributes extends Pick<RunTable, 'length' | 'statuses' | 'deleted' | 'startTimes' | 'endTimes'> {
  readonly runIds: PackedTexts;
  readonly runNames: PackedTexts;
  readonly experimentIds: PackedTexts;
  readonly userIds: PackedTexts;
}

export function packAttributes(table: RunTable): RunAttributes {
  const { length, statuses, deleted, startTimes, endTimes } = table;
  return {
    ...{ length, statuses, deleted, startTimes, endTimes },
    runIds: packTexts(table.runIds),
    runNames: packTexts(table.runNames),
    experimentIds: packTexts(table.experimentIds),
    userIds: packTexts(table.userIds),
  };
}

export function packTexts(texts: readonly string[]): PackedTexts {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  texts.forEach((text, row) => (ends[row] = end += text.length));
  return { text: texts.join(''), ends };
}

/** The text of a row; empty beyond the last. */
export function textOfRow({ text, ends }: PackedTexts, row: number): string {
  return text.slice(ends[row - 1] ?? 0, ends[row] ?? 0);
}

export function unpackTexts(packed: PackedTexts): string[] {
  return Array.from(packed.ends, (_, row) => textOfRow(packed, row));
}
