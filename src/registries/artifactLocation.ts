import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type ArtifactLocation, isSafeArtifactPath } from '../domain/artifact';
import { UserError } from '../domain/errors';

/** A location further down; what would leave it stays where it is, for the read to refuse. */
export function below({ uri, localPath }: ArtifactLocation, artifactPath: string): ArtifactLocation {
  if (artifactPath === '' || !isSafeArtifactPath(artifactPath))
    return { uri, ...(localPath !== undefined && { localPath }) };
  return {
    uri: joined(uri, artifactPath),
    ...(localPath !== undefined && { localPath: path.join(localPath, artifactPath) }),
  };
}

/** Only a file URI is percent-encoded; MLflow writes plain paths as they are. */
export function joined(uri: string, artifactPath: string): string {
  if (artifactPath === '') return uri;
  const end = /^file:/i.test(uri) ? artifactPath.split('/').map(encodeURIComponent).join('/') : artifactPath;
  return `${uri.replace(/\/+$/, '')}/${end}`;
}

/** The folder on this machine. Throws UserError 'notFound' where the store names none, 'unsupported' elsewhere. */
export function openable({ uri, localPath }: ArtifactLocation): string {
  if (localPath !== undefined) return localPath;
  if (uri === '') {
    throw new UserError('notFound', l10n.t('The store does not say where the artifacts lie.'), {
      next: l10n.t('Read the run where it was made.'),
    });
  }
  throw new UserError('unsupported', l10n.t('The artifacts lie at "{0}", which this machine cannot open.', uri), {
    next: l10n.t('Copy them beside the store, or open the server that serves them.'),
  });
}
