import { sql } from './sql';
import type { Session } from './store';

/** MLflow's workspaces (3.10+) by name; undefined on a schema without them. Some are listed elsewhere than in the file. */
export async function workspacesIn(session: Session): Promise<readonly string[] | undefined> {
  const { schema } = session;
  if (!schema.has('experiments', 'workspace')) return undefined;
  const listed = schema.has('workspaces') ? ['SELECT name FROM workspaces'] : [];
  const used = ['experiments', 'registered_models']
    .filter((table) => schema.has(table, 'workspace'))
    .map((table) => `SELECT workspace AS name FROM ${table}`);
  const rows = await session.all<{ name: string }>(sql(`${[...listed, ...used].join(' UNION ')} ORDER BY name`));
  return rows.map(({ name }) => name);
}
