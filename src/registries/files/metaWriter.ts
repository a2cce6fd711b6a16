import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { FileReader } from './fileReader';
import { metaName, readMeta } from './metaFile';
import { isMetaScalar, type Meta, type MetaScalar } from './metaYaml';
import type { Pieces } from './pieces';

/** A field as it is written: text quoted, numbers and null bare. */
export type MetaValue = string | number | null | MetaScalar | Meta | readonly [];

/**
 * YAML that PyYAML reads back exactly: keys sorted, text always in JSON's quotes. npm yaml's own writer leaves `yes`,
 * `1:30` and dates bare, which YAML 1.1 turns into other types (mlflow.md §2.2, trap 32).
 */
export function metaText(fields: Readonly<Record<string, MetaValue>>): string {
  return Object.keys(fields)
    .sort()
    .map((key) => `${key}:${fieldText(fields[key] ?? null)}\n`)
    .join('');
}

function fieldText(value: MetaValue): string {
  if (value === null) return ' null';
  if (isEmptyList(value)) return ' []';
  if (typeof value === 'number') return ` ${value}`;
  if (typeof value === 'string') return ` ${quoted(value)}`;
  return isMetaScalar(value) ? ` ${scalarText(value)}` : mapText(value);
}

function isEmptyList(value: MetaValue): value is readonly [] {
  return Array.isArray(value);
}

/** What stood bare keeps its type by standing bare again. */
function scalarText({ text, plain }: MetaScalar): string {
  if (!plain || text.includes('\n')) return quoted(text);
  return text === '' ? 'null' : text;
}

/** One level deep, as all of MLflow's are. */
function mapText(map: Meta): string {
  if (map.size === 0) return ' {}';
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, part]) => `\n  ${quoted(key)}: ${isMetaScalar(part) ? scalarText(part) : '{}'}`).join('');
}

/** JSON's quoting, and escapes for what PyYAML refuses or folds when it stands raw. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Replaces an entity's meta.yaml in one step. */
export function writeMeta(folder: string, fields: Readonly<Record<string, MetaValue>>): void {
  replaceFile(folder, path.join(folder, metaName), metaText(fields));
}

/** Rewrites an entity's meta.yaml with some fields changed, and without those that are undefined. */
export function* changeMeta(
  reader: FileReader,
  folder: string,
  changes: Readonly<Record<string, MetaValue | undefined>>,
): Pieces<void> {
  const meta = yield* readMeta(reader, folder);
  if (!meta) throw unreadable(folder);
  const fields: Record<string, MetaValue> = {};
  for (const [key, value] of Object.entries({ ...Object.fromEntries(meta), ...changes })) {
    if (value !== undefined) fields[key] = value;
  }
  writeMeta(folder, fields);
}

function unreadable(folder: string): UserError {
  return new UserError('invalid', l10n.t('"{0}" cannot be read.', path.join(folder, metaName)), {
    next: l10n.t('Repair it or restore it from a backup.'),
  });
}

/**
 * Writes a file beside `folder`'s meta.yaml first, then moves it to its place: in an entity folder (tags, aliases)
 * every file is an entity, a temporary one too (trap 42), and MLflow lists only folders at this level.
 */
export function replaceFile(folder: string, file: string, content: string): void {
  const temporary = path.join(folder, `.${metaName}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode;
  try {
    const fd = fs.openSync(temporary, 'wx', mode ?? 0o666);
    try {
      fs.writeFileSync(fd, content);
      if (mode !== undefined) fs.fchmodSync(fd, mode);
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
