import * as l10n from '@vscode/l10n';
import type { Connection } from '../domain/connection';
import { UserError } from '../domain/errors';
import { absoluteUri, type Surroundings } from './trackingUri';

/** One entry of `ringside.registries` as it is saved. */
export interface RegistryEntry {
  readonly name: string;
  readonly uri: string;
  readonly registryUri?: string;
  readonly workspace?: string;
}

/** Whose settings an entry stands in. */
export type Layer = 'workspace' | 'user';

export interface ConfiguredConnection {
  readonly connection: Connection;
  readonly layer: Layer;
}

export interface ParsedConnections {
  readonly connections: readonly ConfiguredConnection[];
  /** One sentence per entry that cannot be used. */
  readonly problems: readonly string[];
}

/**
 * The registries of the settings: the workspace's first, then the user's. VS Code's own merge would show only one of
 * the lists. Never throws. Of two entries with one name the user's counts, so that a repository cannot take its place.
 */
export function parseConnections(
  layers: { readonly workspace: unknown; readonly user: unknown },
  around: Surroundings,
): ParsedConnections {
  const taken = new Set<string>();
  const user = parseLayer('user', layers.user, taken, around);
  const workspace = parseLayer('workspace', layers.workspace, taken, around);
  return {
    connections: [...workspace.connections, ...user.connections],
    problems: [...workspace.problems, ...user.problems],
  };
}

/** The entries of one layer, whatever stands there. */
export function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The name of an entry as it stands in the settings. */
export function entryName(entry: unknown): string | undefined {
  return isRecord(entry) && typeof entry['name'] === 'string' ? entry['name'].trim() : undefined;
}

function parseLayer(layer: Layer, value: unknown, taken: Set<string>, around: Surroundings): ParsedConnections {
  const connections: ConfiguredConnection[] = [];
  const problems: string[] = [];
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    problems.push(l10n.t('ringside.registries is not a list.'));
  }
  for (const [index, entry] of entriesOf(value).entries()) {
    try {
      const connection = parseEntry(entry, around);
      if (taken.has(connection.name)) throw new UserError('invalid', l10n.t('Another registry has this name.'));
      taken.add(connection.name);
      connections.push({ connection, layer });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(problemOf(entry, index, error));
    }
  }
  return { connections, problems };
}

function parseEntry(entry: unknown, around: Surroundings): Connection {
  if (!isRecord(entry)) throw new UserError('invalid', l10n.t('It is not an object with name and uri.'));
  const name = text(entry, 'name');
  const uri = text(entry, 'uri');
  if (name === undefined) throw new UserError('invalid', l10n.t('It has no name.'));
  if (uri === undefined) throw new UserError('invalid', l10n.t('It has no uri.'));
  const registryUri = text(entry, 'registryUri');
  const workspace = text(entry, 'workspace');
  return {
    name,
    trackingUri: absoluteUri(uri, around),
    ...(registryUri === undefined ? {} : { registryUri: absoluteUri(registryUri, around) }),
    ...(workspace === undefined ? {} : { workspace }),
  };
}

function problemOf(entry: unknown, index: number, error: UserError): string {
  const name = entryName(entry);
  const what = name
    ? l10n.t("Registry '{0}' in the settings:", name)
    : l10n.t('Registry {0} in the settings:', index + 1);
  return `${what} ${error.text}`;
}

/** A text that says something; undefined where there is none. */
function text(entry: Record<string, unknown>, key: string): string | undefined {
  const value = entry[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new UserError('invalid', l10n.t('Its {0} is not a text.', key));
  return value.trim() === '' ? undefined : value.trim();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
