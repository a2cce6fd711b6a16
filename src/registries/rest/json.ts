import { UserError } from '../../domain/errors';
import * as l10n from '@vscode/l10n';

/** A reply that is JSON but not MLflow's: `path` names the field. The edge turns it into a UserError. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';

  constructor(
    readonly path: string,
    readonly expected: string,
  ) {
    super(`${path} is not ${expected}`);
  }
}

const bareNumbers = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** Parses a reply; hand-written MLflow handlers send bare NaN and Infinity, which JSON does not know (trap 6). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const repaired = text.replace(bareNumbers, (token) => (token.startsWith('"') ? token : `"${token}"`));
    if (repaired === text) throw error;
    return JSON.parse(repaired) as unknown;
  }
}

/** Reads fields of one JSON object with their types; MLflow leaves unset fields and empty lists out (trap 5). */
export class JsonObject {
  private constructor(
    private readonly fields: Record<string, unknown>,
    private readonly path: string,
  ) {}

  static from(value: unknown, path: string): JsonObject {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(path, 'an object');
    return new JsonObject(value as Record<string, unknown>, path);
  }

  has(key: string): boolean {
    return this.field(key) !== undefined;
  }

  object(key: string): JsonObject {
    return JsonObject.from(this.field(key), this.at(key));
  }

  objectOrEmpty(key: string): JsonObject {
    return JsonObject.from(this.field(key) ?? {}, this.at(key));
  }

  /** Absent is empty. */
  objects(key: string): JsonObject[] {
    return this.list(key).map((item, i) => JsonObject.from(item, `${this.at(key)}[${i}]`));
  }

  /** Items that are either texts or objects holding the text under `inner` (Unity Catalog's aliases). */
  texts(key: string, inner: string): string[] {
    return this.list(key).map((item, i) =>
      typeof item === 'string' ? item : JsonObject.from(item, `${this.at(key)}[${i}]`).text(inner),
    );
  }

  text(key: string): string {
    const value = this.optionalText(key);
    if (value === undefined) throw new ShapeError(this.at(key), 'a text');
    return value;
  }

  /** All fields, each a text. */
  allTexts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.fields).map((key) => [key, this.text(key)]));
  }

  textOr(key: string, fallback: string): string {
    return this.optionalText(key) ?? fallback;
  }

  optionalText(key: string): string | undefined {
    const value = this.field(key);
    if (value !== undefined && typeof value !== 'string') throw new ShapeError(this.at(key), 'a text');
    return value;
  }

  /** An id: text, or a number small enough to be exact (trap 30). */
  id(key: string): string {
    const value = this.field(key);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    return this.text(key);
  }

  flag(key: string): boolean {
    return this.field(key) === true;
  }

  /** A number, also where it came as text; MLflow writes NaN and infinities as text (trap 6). */
  optionalNumber(key: string): number | undefined {
    const value = this.field(key);
    if (value === undefined || typeof value === 'number') return value;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    if (Number.isNaN(number) && value !== 'NaN') throw new ShapeError(this.at(key), 'a number');
    return number;
  }

  numberOr(key: string, fallback: number): number {
    return this.optionalNumber(key) ?? fallback;
  }

  private field(key: string): unknown {
    return Object.hasOwn(this.fields, key) ? (this.fields[key] ?? undefined) : undefined;
  }

  private list(key: string): unknown[] {
    const value = this.field(key) ?? [];
    if (!Array.isArray(value)) throw new ShapeError(this.at(key), 'a list');
    return value;
  }

  private at(key: string): string {
    return this.path ? `${this.path}.${key}` : key;
  }
}

/** A reply decoded, or the sentence that says what is wrong with it. */
export function decodeReply<T>(server: string, json: unknown, decode: (json: JsonObject) => T): T {
  try {
    return decode(JsonObject.from(json, ''));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new UserError('unsupported', l10n.t('The answer of {0} is not what MLflow sends.', server), {
      next: l10n.t('Check that the address is an MLflow server; the log names the field.'),
      cause: error,
    });
  }
}
