import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of an `mlflow-artifacts:` URI on this server's proxy; one that names another host is that server's. */
export function proxyPath(uri: string, ownHost: string): string | undefined {
  const [, host = '', folder] = /^mlflow-artifacts:(?:\/\/([^/]*))?\/*(.*?)\/*$/.exec(uri) ?? [];
  return host === '' || host.toLowerCase() === ownHost ? folder : undefined;
}

export function proxyRoute(what: 'artifacts' | 'presigned', folder: string): string {
  return `api/2.0/mlflow-artifacts/${what}/${folder.split('/').map(encodeURIComponent).join('/')}`;
}

export function join(root: string, below: string): string {
  return below ? `${root.replace(/\/+$/, '')}/${below}` : root;
}

export function parentOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}

/** The path of a local URI, where this machine has that folder. */
export async function existingFolder(uri: string): Promise<string | undefined> {
  const local = localPathOf(uri);
  if (local === undefined) return undefined;
  try {
    return (await stat(local)).isDirectory() ? local : undefined;
  } catch {
    return undefined;
  }
}

function localPathOf(uri: string): string | undefined {
  if (path.isAbsolute(uri)) return uri;
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
