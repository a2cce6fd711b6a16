/** The start of a table that was written as text. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** There are more rows than these. */
  readonly moreRows: boolean;
  /** Columns to the right that are left out. */
  readonly moreColumns: number;
}

interface TableSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Reads the head of a CSV or TSV file (RFC 4180, and what people write instead: semicolons, lone line feeds, ragged
 * rows). The first row names the columns. `cut`: the text ends anywhere, so its last row may be half a row.
 */
export function parseDelimited(text: string, size: TableSize, cut: boolean): TextTable {
  const rows = readRows(text.replace(/^\uFEFF/, ''), size.rows + 2);
  const complete = cut && rows.length < size.rows + 2 ? rows.slice(0, -1) : rows;
  const [columns = [], ...body] = complete;
  return tableOf(columns, body, size, cut);
}

/** Cuts a table to what is shown. */
export function tableOf(
  columns: readonly string[],
  body: readonly (readonly string[])[],
  size: TableSize,
  cut = false,
): TextTable {
  const width = body.reduce((widest, { length }) => Math.max(widest, length), columns.length);
  return {
    columns: columns.slice(0, size.columns),
    rows: body.slice(0, size.rows).map((row) => row.slice(0, size.columns)),
    moreRows: cut || body.length > size.rows,
    moreColumns: Math.max(0, width - size.columns),
  };
}

function readRows(text: string, most: number): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const row: string[] = [];
    let more = true;
    while (more) {
      const [cell, end] = readCell(text, at, separator);
      row.push(cell);
      more = text[end] === separator;
      at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
  }
  return rows;
}

/** The cell that begins at `at`, and where it ends: at a separator, a line's end or the text's end. */
function readCell(text: string, at: number, separator: string): [string, number] {
  if (text[at] !== '"') return readPlain(text, at, separator);
  let cell = '';
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return [cell + text.slice(from), text.length];
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const [rest, end] = readPlain(text, quote + 1, separator);
      return [cell + rest, end];
    }
    cell += '"';
    from = quote + 2;
  }
}

function readPlain(text: string, at: number, separator: string): [string, number] {
  let end = at;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
  return [text.slice(at, end), end];
}

/** Of comma, tab and semicolon what the first line has most of. */
function separatorOf(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (separator: string): number => bare.split(separator).length;
  return [',', '\t', ';'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
