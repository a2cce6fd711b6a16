import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';

/**
 * The workspaces of a description: the names where there is a choice. Throws where the chosen one is not among them:
 * its experiments and models would only look like none.
 */
export function divided(
  chosen: string | undefined,
  names: readonly string[] | undefined,
): readonly string[] | undefined {
  if (names === undefined) return undefined;
  if (chosen !== undefined && !names.includes(chosen)) {
    throw new UserError('notFound', l10n.t("There is no workspace '{0}' in this store.", chosen), {
      next: l10n.t('Choose another with Switch MLflow Workspace.'),
    });
  }
  return names.length > 1 ? names : undefined;
}
