/** A cell of an exported table; absent is empty. */
export type ExportValue = string | number | undefined;

export interface ExportColumn {
  /** In MLflow's words, as in the data frame of `mlflow.search_runs`: `metrics.auc`; unique. */
  readonly name: string;
  /** As a person reads it. */
  readonly title: string;
  readonly valueAt: (row: number) => ExportValue;
}

export const exportFormats = ['csv', 'json', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The table as text. Numbers keep every digit; NaN and infinities are written so, in JSON as strings, as MLflow does. */
export function exportTable(format: ExportFormat, columns: readonly ExportColumn[], rows: Uint32Array): string {
  if (format === 'csv') return csv(columns, rows);
  return format === 'json' ? json(columns, rows) : markdown(columns, rows);
}

/** RFC 4180 with LF, which spreadsheets and pandas take. */
function csv(columns: readonly ExportColumn[], rows: Uint32Array): string {
  const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`;
  const heads = line(columns.map(({ name }) => name));
  return heads + Array.from(rows, (row) => line(columns.map(({ valueAt }) => String(valueAt(row) ?? '')))).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function json(columns: readonly ExportColumn[], rows: Uint32Array): string {
  const objects = Array.from(rows, (row) => {
    const present = columns.flatMap(({ name, valueAt }) => {
      const value = valueAt(row);
      return value === undefined ? [] : [[name, jsonValue(value)] as const];
    });
    return Object.fromEntries(present);
  });
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}

function jsonValue(value: string | number): string | number {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function markdown(columns: readonly ExportColumn[], rows: Uint32Array): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const [first] = rows;
  const isNumeric = ({ valueAt }: ExportColumn): boolean =>
    first !== undefined && rows.some((row) => typeof valueAt(row) === 'number');
  return [
    line(columns.map(({ title }) => plain(title))),
    line(columns.map((column) => (isNumeric(column) ? '---:' : '---'))),
    ...Array.from(rows, (row) => line(columns.map(({ valueAt }) => plain(String(valueAt(row) ?? ''))))),
  ].join('');
}

/** What Markdown would take for its own marks stays text. */
function plain(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\r?\n|\r/g, ' ');
}
