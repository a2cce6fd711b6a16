import * as fs from 'node:fs';
import { child, type FileReader } from './fileReader';
import { type Fields, type Meta, parseFields, parseMeta, textField } from './metaYaml';
import type { Pieces } from './pieces';
import type { Stamp } from './stamp';

export const metaName = 'meta.yaml';

/** Far above any meta.yaml of MLflow; a larger file is none. */
const maxBytes = 1024 * 1024;

/** MLflow rewrites a run's meta.yaml in place, so a reader can meet it empty or cut (mlflow.md §2.5, trap 45). */
const retryWaits = [100, 200];

/** A write in progress is younger than this, whatever the clocks of a shared disk say. */
const freshMs = 5000;

/** The meta.yaml of an entity's folder, which must have the fields; undefined where it is missing or not MLflow's. */
export function readMeta(reader: FileReader, folder: string, ...fields: readonly string[]): Pieces<Meta | undefined> {
  return readSound(parseMeta, reader, folder, fields);
}

/** The same where only a few fields are asked for, once each: of every run of an experiment. `stamp` takes the file. */
export function readFields(
  reader: FileReader,
  folder: string,
  needed: readonly string[],
  stamp?: Stamp,
): Pieces<Fields | undefined> {
  return readSound(parseFields, reader, folder, needed, stamp);
}

/** The same at once; undefined also where whoever writes it now has to be waited for. */
export function readFieldsAtOnce(
  reader: FileReader,
  folder: string,
  needed: readonly string[],
  stamp: Stamp,
): Fields | undefined {
  const text = reader.text(child(folder, metaName), maxBytes, stamp);
  return text?.endsWith('\n') ? soundOf(parseFields(text), needed) : undefined;
}

function soundOf<M extends Fields>(meta: M | undefined, fields: readonly string[]): M | undefined {
  return meta && fields.every((field) => textField(meta, field) !== undefined) ? meta : undefined;
}

function* readSound<M extends Fields>(
  parse: (text: string) => M | undefined,
  reader: FileReader,
  folder: string,
  fields: readonly string[],
  stamp?: Stamp,
): Pieces<M | undefined> {
  const file = child(folder, metaName);
  for (let attempt = 0; ; attempt++) {
    const text = reader.text(file, maxBytes + 1, stamp);
    if (text === undefined || text.length > maxBytes) return undefined;
    const sound = soundOf(parse(text), fields);
    const wait = retryWaits[attempt];
    if ((sound && text.endsWith('\n')) || wait === undefined || !isFresh(file)) return sound;
    yield wait;
  }
}

function isFresh(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Math.abs(Date.now() - stat.mtimeMs) < freshMs;
}
