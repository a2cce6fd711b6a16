import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Schema } from './schema';
import type { Session } from './store';

interface Shape {
  /** Primary key, in any order, without `workspace`. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Columns that came later than MLflow 1.30. */
  readonly newer?: readonly string[];
  /** Whether it has a workspace from MLflow 3.10 on, and whether that is part of its key. */
  readonly workspace?: 'column' | 'key';
  /** Unique constraints beside the key. */
  readonly uniques?: number;
  /** A table that came later than MLflow 1.30. */
  readonly isNewer?: boolean;
}

/** What is written together: experiments with runs, and registered models with versions. */
export type Part = 'runs' | 'models';

const words = (text: string): readonly string[] => text.split(' ');

/** The tables that we write, as every MLflow from 1.30 to 3.17 makes them (mlflow.md Appendix C). */
const shapes: Readonly<Record<Part, Readonly<Record<string, Shape>>>> = {
  runs: {
    experiments: {
      key: ['experiment_id'],
      columns: words('name artifact_location lifecycle_stage creation_time last_update_time'),
      workspace: 'column',
      uniques: 1,
    },
    experiment_tags: { key: ['key', 'experiment_id'], columns: ['value'] },
    runs: {
      key: ['run_uuid'],
      columns: words(
        'name source_type source_name entry_point_name user_id status start_time end_time source_version ' +
          'lifecycle_stage artifact_uri experiment_id deleted_time',
      ),
    },
    tags: { key: ['key', 'run_uuid'], columns: ['value'] },
    params: { key: ['key', 'run_uuid'], columns: ['value'] },
    metrics: { key: words('key timestamp step run_uuid value is_nan'), columns: [] },
    latest_metrics: { key: ['key', 'run_uuid'], columns: words('value timestamp step is_nan') },
  },
  models: {
    registered_models: {
      key: ['name'],
      columns: words('creation_time last_updated_time description'),
      workspace: 'key',
    },
    registered_model_tags: { key: ['key', 'name'], columns: ['value'], workspace: 'key' },
    registered_model_aliases: { key: ['name', 'alias'], columns: ['version'], workspace: 'key', isNewer: true },
    model_versions: {
      key: ['name', 'version'],
      columns: words(
        'creation_time last_updated_time description user_id current_stage source run_id status status_message run_link',
      ),
      newer: ['storage_location'],
      workspace: 'key',
    },
    model_version_tags: { key: ['key', 'name', 'version'], columns: ['value'], workspace: 'key' },
    // MLflow 3 notes a version on the logged model that it was made from.
    logged_model_tags: { key: ['model_id', 'tag_key'], columns: ['experiment_id', 'tag_value'], isNewer: true },
  },
};

/**
 * Why a part of this store cannot be written, as a sentence; undefined where it can. The shape of the tables decides,
 * whatever the schema's head: releases add heads that touch side tables only (mlflow.md §3.1).
 */
export function whyReadOnly({ schema, file }: Session, part: Part): string | undefined {
  for (const [table, shape] of Object.entries(shapes[part])) {
    const difference = differenceOf(schema, table, shape);
    if (difference !== undefined) return difference;
  }
  return whyProtected(file);
}

function differenceOf(schema: Schema, table: string, shape: Shape): string | undefined {
  if (!schema.has(table)) {
    return shape.isNewer ? undefined : l10n.t('Only reading is possible: the store has no table {0}.', table);
  }
  const { key, columns, newer = [], uniques = 0 } = shape;
  const hasWorkspaces = schema.has('experiments', 'workspace');
  const workspace = shape.workspace && hasWorkspaces ? ['workspace'] : [];
  const found = schema.columnsOf(table);
  const names = found.map(({ name }) => name);
  const wanted = [...key, ...columns, ...workspace];
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined)
    return l10n.t('Only reading is possible: the table {0} has no column {1}.', table, missing);
  const extra = names.find((name) => !wanted.includes(name) && !newer.includes(name));
  if (extra !== undefined) {
    return l10n.t('Only reading is possible: the table {0} has the unknown column {1}.', table, extra);
  }
  const primary = found.filter((column) => column.key > 0).map(({ name }) => name);
  const wantedKey = shape.workspace === 'key' ? [...key, ...workspace] : key;
  if (!sameNames(primary, wantedKey) || otherKeys(schema, table) !== uniques) {
    return l10n.t('Only reading is possible: the table {0} has another key than MLflow gives it.', table);
  }
  if (schema.hasTrigger(table)) return l10n.t('Only reading is possible: the table {0} has a trigger.', table);
  return undefined;
}

function otherKeys(schema: Schema, table: string): number {
  return schema.indexesOf(table).filter(({ unique, origin }) => unique && origin !== 'pk').length;
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
