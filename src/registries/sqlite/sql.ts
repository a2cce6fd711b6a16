/** A value that `node:sqlite` binds; numbers are bound as REAL, which compares rightly with INTEGER columns. */
export type SqlValue = string | number | bigint | null;

/** A piece of SQL with the values of its question marks, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export function sql(text: string, ...values: readonly SqlValue[]): Sql {
  return { text, values };
}

/** All must hold; true for none. */
export function allOf(parts: readonly Sql[]): Sql {
  return joined(parts, 'AND') ?? sql('1');
}

/** One must hold; false for none. */
export function anyOf(parts: readonly Sql[]): Sql {
  return joined(parts, 'OR') ?? sql('0');
}

/** In halves: SQLite refuses an expression that is a thousand deep. */
function joined(parts: readonly Sql[], word: 'AND' | 'OR'): Sql | undefined {
  const [only] = parts;
  if (!only || parts.length === 1) return only && { ...only, text: `(${only.text})` };
  const middle = parts.length >> 1;
  const [left, right] = [joined(parts.slice(0, middle), word), joined(parts.slice(middle), word)];
  return left && right && sql(`(${left.text} ${word} ${right.text})`, ...left.values, ...right.values);
}

/** `column IN (…)` for texts, as one bound value: no limit on their number. */
export function inTexts(column: string, values: readonly string[]): Sql {
  return sql(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));
}

/**
 * `column IN (…)` for integer ids that are texts everywhere else: experiment ids have 18 digits and more
 * (mlflow.md trap 30). What is not a whole number matches nothing, as CAST would make it 0.
 */
export function inIntegers(column: string, values: readonly string[]): Sql {
  const whole = values.filter(isInteger);
  return sql(`${column} IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`, JSON.stringify(whole));
}

export function isInteger(text: string): boolean {
  return /^-?\d{1,19}$/.test(text);
}

/** An integer column as a double: `node:sqlite` refuses integers above 2^53, and a script may have logged nanoseconds. */
export function real(column: string): string {
  return `CAST(${column} AS REAL)`;
}

/** The largest double: what MLflow's SQL stores keep for an infinity (mlflow.md §3.2). */
const clamped = Number.MAX_VALUE;

/** A metric's value as it was logged. */
export function metricValue(row: { readonly value: number | null; readonly is_nan: number | null }): number {
  if (row.is_nan || row.value === null) return NaN;
  if (row.value >= clamped) return Infinity;
  return row.value <= -clamped ? -Infinity : row.value;
}

/** A metric's value as MLflow's SQL stores keep it: NaN as 0 with a mark, an infinity as the largest double. */
export function clampedValue(value: number): { readonly value: number; readonly is_nan: number } {
  if (Number.isNaN(value)) return { value: 0, is_nan: 1 };
  return { value: Math.max(-clamped, Math.min(clamped, value)), is_nan: 0 };
}
