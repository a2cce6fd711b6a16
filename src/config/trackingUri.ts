import * as l10n from '@vscode/l10n';
import { storeKind, withoutCredentials } from '../domain/connection';
import { UserError } from '../domain/errors';
import { expandHome, isAbsolutePath, relativePath, resolvePath } from './paths';

export interface WorkspaceFolder {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** What relative tracking URIs are relative to: the first workspace folder. */
export interface Surroundings {
  readonly folders: readonly WorkspaceFolder[];
  /** The person's home folder, absolute. */
  readonly home: string;
}

/**
 * A tracking URI as a person writes it, made absolute: `sqlite:///rel.db`, a relative path, `~`, a bare database file.
 * Servers keep their form, without trailing slashes. Throws a UserError (`invalid`) that says what is wrong.
 */
export function absoluteUri(text: string, around: Surroundings): string {
  const uri = text.trim();
  if (uri === '') throw invalid(l10n.t('The tracking URI is empty.'));
  const kind = storeKind(uri);
  if (kind === 'rest') return serverUri(uri);
  if (kind === 'sqlite') return sqliteUri(uri, around);
  if (kind === 'unsupported') return uri;
  const path = absolutePath(filePath(uri), around);
  return /\.(db|sqlite|sqlite3)$/i.test(path) ? sqliteOf(path) : path;
}

/** Where a local store lies: the database file or the folder; undefined for anything else. Takes absolute URIs. */
export function localPath(uri: string): string | undefined {
  const kind = storeKind(uri);
  if (kind === 'sqlite') return databasePath(uri);
  return kind === 'files' ? filePath(uri) : undefined;
}

/** A local store below the folder as the workspace's settings should name it, so that a clone elsewhere finds it too. */
export function uriInFolder(uri: string, folder: string): string {
  const path = localPath(uri);
  const inside = path === undefined ? undefined : relativePath(folder, path);
  if (inside === undefined || inside === '') return uri;
  return storeKind(uri) === 'sqlite' ? `sqlite:///${inside}` : inside;
}

export function liesInFolders(uri: string, folders: readonly WorkspaceFolder[]): boolean {
  const path = localPath(uri);
  return path !== undefined && folders.some((folder) => relativePath(folder.path, path) !== undefined);
}

/** Equal for two URIs that name the same store. */
export function storeKey(uri: string): string {
  const path = localPath(uri);
  return path === undefined ? (serverKey(uri) ?? uri) : resolvePath('/', path);
}

/**
 * What credentials are kept under: scheme, host, port and path of a server, so that no other server can get them
 * (product.md, principle 5). Undefined where there is no server.
 */
export function serverKey(uri: string): string | undefined {
  if (storeKind(uri) !== 'rest' || !URL.canParse(uri)) return undefined;
  const { protocol, host, pathname } = new URL(uri);
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

/** A short name for a store that has none: the host of a server, else the file or folder. */
export function nameOf(uri: string): string {
  const path = localPath(uri);
  if (path !== undefined) return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
  return URL.canParse(uri) ? new URL(uri).host || withoutCredentials(uri) : withoutCredentials(uri);
}

/** `name`, or `name 2`, `name 3`, … where it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}

function sqliteOf(path: string): string {
  return `sqlite:///${path}`;
}

function serverUri(uri: string): string {
  if (!URL.canParse(uri)) {
    throw invalid(l10n.t("'{0}' is not a web address.", withoutCredentials(uri)));
  }
  const { username, password } = new URL(uri);
  if (username || password) {
    throw invalid(l10n.t("'{0}' holds credentials, which do not belong into settings.", withoutCredentials(uri)), {
      next: l10n.t('Remove them from the address and use Sign In.'),
    });
  }
  return uri.replace(/\/+$/, '');
}

function sqliteUri(uri: string, around: Surroundings): string {
  const path = databasePath(uri);
  if (path === '' || path === ':memory:') throw invalid(l10n.t("'{0}' names no database file.", uri));
  return sqliteOf(absolutePath(path, around));
}

// `sqlite:///` + path; what three slashes leave is relative unless it starts with a slash or a drive.
function databasePath(uri: string): string {
  return uri.replace(/^sqlite:(\/\/\/|\/\/)?/i, '');
}

function filePath(uri: string): string {
  if (!/^file:/i.test(uri)) return uri;
  const path = decode(uri.replace(/^file:(\/\/(localhost)?(?=[\\/]))?/i, ''));
  // file:///C:/x is C:/x
  return path.replace(/^\/(?=[a-z]:[\\/])/i, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function absolutePath(path: string, { folders, home }: Surroundings): string {
  const expanded = expandHome(path, home);
  if (isAbsolutePath(expanded)) return resolvePath('/', expanded);
  const folder = folders[0];
  if (folder) return resolvePath(folder.path, expanded);
  throw invalid(l10n.t("'{0}' is relative, and no folder is open.", path), {
    next: l10n.t('Give the whole path, or open the folder.'),
  });
}

function invalid(message: string, options: { readonly next?: string } = {}): UserError {
  return new UserError('invalid', message, options);
}
