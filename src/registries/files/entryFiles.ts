import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Metric } from '../../domain/metric';
import { child, type FileReader } from './fileReader';
import { replaceFile } from './metaWriter';
import type { Entity } from './runFolder';

/*
 * Params, tags and metrics as they are written: a file of its own for each key, `/` making folders (mlflow.md §2.1). The
 * rules of keys are asked before (domain/limits.ts); here it is what lies on the disk.
 */

/** What a file system takes as one name, in bytes. */
const longestName = 255;

/** Throws the sentence that says which of the keys has no place, so that nothing is written before. */
export function checkPlaces(dir: string, entity: Entity, keys: readonly string[]): void {
  const files = new Set(keys);
  for (const key of keys) {
    const outer = foldersOf(key).find((folder) => files.has(folder));
    if (outer !== undefined) throw clash(key, outer);
    checkPlace(dir, entity, key);
  }
}

export function writeEntry(dir: string, entity: Entity, key: string, text: string): void {
  checkPlace(dir, entity, key);
  const file = path.join(dir, entity, key);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(dir, file, text);
}

/** False where there is none. Only what is listed is removed, so that no key can lead elsewhere. */
export function removeEntry(reader: FileReader, dir: string, entity: Entity, key: string): boolean {
  const folder = child(dir, entity);
  if (!reader.keysIn(folder).includes(key)) return false;
  fs.rmSync(path.join(folder, key), { force: true });
  return true;
}

/** Appends the lines of one metric with one write, as MLflow appends one: a reader meets whole lines. */
export function appendPoints(dir: string, key: string, points: readonly Omit<Metric, 'key'>[]): void {
  checkPlace(dir, 'metrics', key);
  const file = path.join(dir, 'metrics', key);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const lines = points.map(({ value, timestamp, step }) => `${timestamp} ${pythonFloat(value)} ${step}\n`);
  const fd = fs.openSync(file, 'a+');
  try {
    fs.writeSync(fd, (endsInLine(fd) ? '' : '\n') + lines.join(''));
  } finally {
    fs.closeSync(fd);
  }
}

/** A writer that was killed may have left half a line, which ours must not be glued to. */
function endsInLine(fd: number): boolean {
  const { size } = fs.fstatSync(fd);
  const last = Buffer.alloc(1);
  return size === 0 || fs.readSync(fd, last, 0, 1, size - 1) === 0 || last.toString() === '\n';
}

function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}

function foldersOf(key: string): string[] {
  const parts = key.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** A key is a file in folders: no name is too long, none is of the other kind already, none is a link to elsewhere. */
function checkPlace(dir: string, entity: Entity, key: string): void {
  if (key.split('/').some((part) => Buffer.byteLength(part) > longestName)) {
    throw new UserError('invalid', l10n.t('A part of the key "{0}" is too long for the name of a file.', key), {
      next: l10n.t('Use a shorter key.'),
    });
  }
  if (process.platform === 'win32' && key.includes(':')) {
    throw new UserError('invalid', l10n.t('On Windows a file store has no key with a colon: "{0}".', key), {
      next: l10n.t('Use another key.'),
    });
  }
  for (const folder of ['', ...foldersOf(key)]) {
    const stat = fs.lstatSync(path.join(dir, entity, folder), { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isSymbolicLink()) throw linked(path.join(dir, entity, folder));
    if (!stat.isDirectory()) throw clash(key, folder);
  }
  const stat = fs.lstatSync(path.join(dir, entity, key), { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) throw linked(path.join(dir, entity, key));
  if (stat?.isDirectory()) throw clash(key, `${key}/…`);
}

function clash(key: string, other: string): UserError {
  const sentence = l10n.t(
    'A file store cannot have the keys "{0}" and "{1}": one is the folder of the other.',
    key,
    other,
  );
  return new UserError('invalid', sentence, { next: l10n.t('Use another key.') });
}

function linked(file: string): UserError {
  return new UserError('unsupported', l10n.t('"{0}" is a link, which is not written through.', file), {
    next: l10n.t('Write where it leads to.'),
  });
}
