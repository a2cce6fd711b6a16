import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { VersionName } from '../../domain/ports';
import type { TableRows } from './tableRows';
import { deletedStage } from './versions';

export function insertModel(rows: TableRows, name: string, description?: string): void {
  const now = Date.now();
  const times = { creation_time: now, last_updated_time: now };
  rows.insert('registered_models', { name, ...times, description: description ?? null });
}

export function hasModel(rows: TableRows, name: string): boolean {
  return rows.exists('registered_models', { name });
}

export function checkModel(rows: TableRows, name: string): void {
  if (hasModel(rows, name)) return;
  throw new UserError('notFound', l10n.t('There is no registered model "{0}".', name), {
    next: l10n.t('It may have been renamed or deleted: refresh the list.'),
  });
}

/** The number of a version that is there; throws UserError 'notFound'. */
export function checkVersion(rows: TableRows, { name, version }: VersionName): number {
  checkModel(rows, name);
  const number = Number(version);
  const row = /^\d{1,15}$/.test(version)
    ? rows.row('model_versions', 'current_stage AS stage', { name, version: number })
    : undefined;
  if (row && row['stage'] !== deletedStage) return number;
  throw new UserError('notFound', l10n.t('"{0}" has no version {1}.', name, version), {
    next: l10n.t('It may have been deleted: refresh the list.'),
  });
}
