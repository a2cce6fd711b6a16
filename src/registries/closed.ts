import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';

/** Of a call that comes after the registry was disposed: whoever asked is told of the change, or gone too. */
export function closedRegistry(name: string): UserError {
  return new UserError('cancelled', l10n.t("The registry '{0}' was closed.", name));
}
