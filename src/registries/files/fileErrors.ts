import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** A file system's refusal as a sentence; anything else as it is. */
export function fileError(cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  // People do not know our temporary files: the folder is what refuses them.
  const file = (cause.path ?? '').replace(/[/\\]\.[^/\\]+\.tmp$/, '');
  switch (cause.code) {
    case 'EACCES':
    case 'EPERM':
      return new UserError('unsupported', l10n.t('Access to "{0}" is denied.', file), {
        next: l10n.t('Check who owns the folder and its permissions.'),
        cause,
      });
    case 'EROFS':
      return new UserError('unsupported', l10n.t('"{0}" lies on a disk that cannot be written.', file), {
        next: l10n.t('Copy the folder to a disk of your own.'),
        cause,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError('unsupported', l10n.t('The disk is full: "{0}" was not written.', file), {
        next: l10n.t('Free some space and try again.'),
        cause,
      });
    case 'ENOENT':
      return new UserError('notFound', l10n.t('"{0}" is gone.', file), {
        next: l10n.t('It may have been removed: refresh the list.'),
        cause,
      });
    default:
      return new UserError('unreachable', l10n.t('"{0}" could not be read or written ({1}).', file, cause.code), {
        next: l10n.t('Check the disk and try again.'),
        cause,
      });
  }
}
