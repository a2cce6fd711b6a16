import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { KeyValue } from '../../domain/experiment';
import type { AliasAssignment, ModelVersion, VersionStatus } from '../../domain/model';
import type { Page, PageRequest } from '../../domain/ports';
import { aliasesOf } from './aliases';
import { Keyset } from './keyset';
import { Groups, rowsOf } from './pieces';
import type { Schema } from './schema';
import { allOf, inIntegers, real, sql, type Sql } from './sql';
import type { Session } from './store';

export interface VersionRow {
  readonly name: string;
  readonly description: string | null;
  readonly created: number | null;
  readonly updated: number | null;
  readonly version: string;
  readonly userId: string | null;
  readonly stage: string | null;
  readonly source: string | null;
  readonly runId: string | null;
  readonly status: string | null;
  readonly statusMessage: string | null;
  readonly location: string | null;
}

/** Deleted versions stay as rows of this stage (mlflow.md trap 51). */
export const deletedStage = 'Deleted_Internal';

/** The versions of a model, newest first. */
export async function pageOfVersions(
  session: Session,
  { name, maxResults, pageToken }: PageRequest & { readonly name: string },
): Promise<Page<ModelVersion>> {
  if (!session.schema.has('model_versions')) return { items: [] };
  const keyset = new Keyset([{ expression: 'model_versions.version', descending: true }]);
  const where = allOf([sql('model_versions.name = ?', name), visible(session)]);
  const rows = await session.all<VersionRow>(
    keyset.page(sql(versionColumns(session.schema)), 'model_versions', where, maxResults, pageToken),
  );
  return keyset.toPage(rows, maxResults, await toVersions(session, rows.slice(0, maxResults)));
}

export function visible({ schema, workspace }: Session): Sql {
  const stage = sql('(model_versions.current_stage IS NULL OR model_versions.current_stage != ?)', deletedStage);
  return allOf([schema.inWorkspace('model_versions', workspace), stage]);
}

export function versionColumns(schema: Schema): string {
  return (
    'model_versions.name AS name, CAST(model_versions.version AS TEXT) AS version, model_versions.description AS description, ' +
    'model_versions.user_id AS userId, model_versions.current_stage AS stage, model_versions.source AS source, ' +
    'model_versions.run_id AS runId, model_versions.status AS status, model_versions.status_message AS statusMessage, ' +
    `${schema.column('model_versions', 'storage_location')} AS location, ` +
    `${real('model_versions.creation_time')} AS created, ${real('model_versions.last_updated_time')} AS updated`
  );
}

async function versionRows(session: Session, condition: Sql): Promise<VersionRow[]> {
  if (!session.schema.has('model_versions')) return [];
  const where = allOf([condition, visible(session)]);
  return session.all<VersionRow>(
    sql(
      `SELECT ${versionColumns(session.schema)} FROM model_versions WHERE ${where.text} ORDER BY model_versions.name, model_versions.version DESC`,
      ...where.values,
    ),
  );
}

/** A version as the table has it; throws UserError 'notFound'. */
export async function versionRow(session: Session, name: string, version: string): Promise<VersionRow> {
  const [row] = await versionRows(
    session,
    sql('model_versions.name = ? AND CAST(model_versions.version AS TEXT) = ?', name, version),
  );
  if (row) return row;
  throw new UserError('notFound', l10n.t("'{0}' has no version {1}.", name, version), {
    next: l10n.t('It may have been deleted: refresh the list.'),
  });
}

/** Throws UserError 'notFound'. */
export async function findVersion(session: Session, name: string, version: string): Promise<ModelVersion> {
  const [found] = await toVersions(session, [await versionRow(session, name, version)]);
  if (found) return found;
  throw new Error('A row without its version');
}

export async function toVersions(session: Session, rows: readonly VersionRow[]): Promise<ModelVersion[]> {
  const versions = new Groups<string>();
  for (const { name, version } of rows) versions.add(name, version);
  const names = [...new Set(rows.map(({ name }) => name))];
  const aliases = await aliasesOf(session, names);
  const tags = new Groups<KeyValue>();
  for (const name of names) await readVersionTags(session, name, versions.of(name), tags);
  return rows.map((row) => toVersion(row, aliases.of(row.name), tags.of(`${row.name}/${row.version}`)));
}

async function readVersionTags(
  session: Session,
  name: string,
  versions: readonly string[],
  tags: Groups<KeyValue>,
): Promise<void> {
  const scope = session.schema.inWorkspace('model_version_tags', session.workspace);
  const pieces = rowsOf<{ version: string; key: string; value: string | null }>(session, versions, (piece) => {
    const within = allOf([sql('name = ?', name), inIntegers('version', piece), scope]);
    return sql(
      `SELECT CAST(version AS TEXT) AS version, key, value FROM model_version_tags WHERE ${within.text} ORDER BY key`,
      ...within.values,
    );
  });
  for await (const rows of pieces) {
    for (const { version, key, value } of rows) tags.add(`${name}/${version}`, { key, value: value ?? '' });
  }
}

function toVersion(row: VersionRow, aliases: readonly AliasAssignment[], tags: readonly KeyValue[]): ModelVersion {
  const modelId = loggedModelOf(row);
  return {
    name: row.name,
    version: row.version,
    runId: row.runId ?? '',
    source: row.source ?? '',
    ...(modelId !== undefined && { modelId }),
    status: (row.status ?? 'READY') as VersionStatus,
    ...(row.statusMessage && { statusMessage: row.statusMessage }),
    stage: row.stage ?? 'None',
    description: row.description ?? '',
    ...(row.created !== null && { creationTime: row.created }),
    ...(row.updated !== null && { lastUpdatedTime: row.updated }),
    ...(row.userId && { userId: row.userId }),
    aliases: aliases.filter(({ version }) => version === row.version).map(({ alias }) => alias),
    tags,
  };
}

/** The table has no column for it (trap 53): the source or the storage location names it. */
export function loggedModelOf({ source, location }: Pick<VersionRow, 'source' | 'location'>): string | undefined {
  const bySource = /^models:\/(m-[0-9a-f]+)\/?$/.exec(source ?? '')?.[1];
  return bySource ?? /\/models\/(m-[0-9a-f]+)\/artifacts\/?$/.exec(location ?? '')?.[1];
}
