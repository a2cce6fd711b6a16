import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';

/**
 * The files that a URI such as `sqlite:////abs/x.db` or `sqlite:///C:/x.db` may mean, likeliest first: SQLAlchemy takes
 * the path as written, people also percent-encode it. Throws UserError 'unsupported' for a database in memory.
 */
export function databasePaths(trackingUri: string): readonly string[] {
  const written = /^sqlite:\/\/\/([^?]*)/i.exec(trackingUri)?.[1] ?? '';
  if (written === '' || written === ':memory:') {
    throw new UserError('unsupported', l10n.t('"{0}" names no database file.', trackingUri), {
      next: l10n.t('Use a URI such as sqlite:////home/me/mlflow.db.'),
    });
  }
  return [...new Set([written, decoded(written)])].map((file) => path.resolve(file));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
