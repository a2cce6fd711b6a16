import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Schema } from './schema';
import type { Session } from './store';

interface Shape {
  /** Primary key, in any order, without `workspace`. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Whether it has a workspace from MLflow 3.10 on. */
  readonly scoped: boolean;
}

const words = (text: string): readonly string[] => text.split(' ');

/** The tables that we write, as every MLflow from 2.8 to 3.17 makes them (mlflow.md Appendix C). */
const shapes: Readonly<Record<string, Shape>> = {
  registered_models: {
    key: ['name'],
    columns: words('creation_time last_updated_time description'),
    scoped: true,
  },
  registered_model_tags: { key: ['key', 'name'], columns: ['value'], scoped: true },
  registered_model_aliases: { key: ['name', 'alias'], columns: ['version'], scoped: true },
  model_versions: {
    key: ['name', 'version'],
    columns: words(
      'creation_time last_updated_time description user_id current_stage source run_id status status_message run_link ' +
        'storage_location',
    ),
    scoped: true,
  },
  model_version_tags: { key: ['key', 'name', 'version'], columns: ['value'], scoped: true },
};

/** MLflow 3 also notes a version on the logged model that it was made from. */
const shapesOf3: Readonly<Record<string, Shape>> = {
  logged_model_tags: { key: ['model_id', 'tag_key'], columns: ['experiment_id', 'tag_value'], scoped: false },
};

/**
 * Why this store cannot be written, as a sentence; undefined where it can. The shape of the tables decides, whatever the
 * schema's head: releases add heads that touch side tables only (mlflow.md §3.1).
 */
export function whyReadOnly({ schema, file }: Session): string | undefined {
  const expected = schema.has('logged_models') ? { ...shapes, ...shapesOf3 } : shapes;
  for (const [table, shape] of Object.entries(expected)) {
    const difference = differenceOf(schema, table, shape);
    if (difference !== undefined) return difference;
  }
  return whyProtected(file);
}

function differenceOf(schema: Schema, table: string, { key, columns, scoped }: Shape): string | undefined {
  if (!schema.has(table)) return l10n.t('Only reading is possible: the store has no table {0}.', table);
  const workspace = scoped && schema.has('experiments', 'workspace') ? ['workspace'] : [];
  const found = schema.columnsOf(table);
  const names = found.map(({ name }) => name);
  const wanted = [...key, ...columns, ...workspace];
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined)
    return l10n.t('Only reading is possible: the table {0} has no column {1}.', table, missing);
  const extra = names.find((name) => !wanted.includes(name));
  if (extra !== undefined) {
    return l10n.t('Only reading is possible: the table {0} has the unknown column {1}.', table, extra);
  }
  const primary = found.filter((column) => column.key > 0).map(({ name }) => name);
  if (!sameNames(primary, [...key, ...workspace]) || hasOtherKey(schema, table)) {
    return l10n.t('Only reading is possible: the table {0} has another key than MLflow gives it.', table);
  }
  if (schema.hasTrigger(table)) return l10n.t('Only reading is possible: the table {0} has a trigger.', table);
  return undefined;
}

function hasOtherKey(schema: Schema, table: string): boolean {
  return schema.indexesOf(table).some(({ unique, origin }) => unique && origin !== 'pk');
}

function sameNames(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && wanted.every((name) => found.includes(name));
}

/** SQLite writes its journal beside the file. */
function whyProtected(file: string): string | undefined {
  const locked = [file, path.dirname(file)].find((place) => !isWritable(place));
  return locked === undefined ? undefined : l10n.t('Only reading is possible: you may not write to {0}.', locked);
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
