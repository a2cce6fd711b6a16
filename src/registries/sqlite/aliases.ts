import type { AliasAssignment } from '../../domain/model';
import { Groups, rowsOf } from './pieces';
import { allOf, inTexts, sql } from './sql';
import type { Session } from './store';

/** Aliases came with MLflow 2.3. An alias of a version that is gone is shown too (trap 11). */
export async function aliasesOf(session: Session, names: readonly string[]): Promise<Groups<AliasAssignment>> {
  const groups = new Groups<AliasAssignment>();
  const { schema, workspace } = session;
  const scope = schema.inWorkspace('registered_model_aliases', workspace);
  const pieces = rowsOf<{ name: string; alias: string; version: string }>(
    session,
    schema.has('registered_model_aliases') ? names : [],
    (piece) => {
      const within = allOf([inTexts('name', piece), scope]);
      return sql(
        `SELECT name, alias, CAST(version AS TEXT) AS version FROM registered_model_aliases WHERE ${within.text} ORDER BY alias`,
        ...within.values,
      );
    },
  );
  for await (const rows of pieces) {
    for (const { name, alias, version } of rows) groups.add(name, { alias, version });
  }
  return groups;
}
