import type { Json } from './json';

/** Widest cell that a table prints, a SHA-256; the whole value is in `--json`. */
const widest = 64;

/** A JSON answer for people: a table of the fields that fit, or `key  value` lines. */
export function asText(answer: unknown): string {
  if (Array.isArray(answer)) return answer.length === 0 ? 'Nothing found.' : table(answer as readonly Json[]);
  return fields(answer as Json);
}

function table(rows: readonly Json[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [keys, ...rows.map((row) => keys.map((key) => cell(row[key])))];
  const widths = keys.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function fields(value: Json): string {
  const width = Math.max(...Object.keys(value).map((key) => key.length), 0);
  return Object.entries(value)
    .map(([key, part]) => `${key.padEnd(width)}  ${cell(part)}`)
    .join('\n');
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = oneLine(text);
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}

/** Names come from stores: control characters must not reach the terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
