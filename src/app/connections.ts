import * as l10n from '@vscode/l10n';
import {
  entriesOf,
  entryName,
  parseConnections,
  type ConfiguredConnection,
  type Layer,
  type ParsedConnections,
  type RegistryEntry,
} from '../config/connections';
import {
  absoluteUri,
  freeName,
  liesInFolders,
  nameOf,
  storeKey,
  uriInFolder,
  type Surroundings,
  type WorkspaceFolder,
} from '../config/trackingUri';
import { storeKind, withoutCredentials, type Connection } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { Disposable } from '../domain/ports';
import { Emitter } from './emitter';
import type { RegistrySet } from './registrySet';

/** Everything outside that decides which registries there are, as it is now. */
export interface ConnectionFacts extends Surroundings {
  readonly layers: { readonly workspace: unknown; readonly user: unknown };
  readonly trusted: boolean;
  /** MLFLOW_TRACKING_URI and MLFLOW_REGISTRY_URI of the window's environment. */
  readonly environment: { readonly trackingUri?: string; readonly registryUri?: string };
}

/** Where the facts come from and where entries are saved. */
interface ConnectionFactSource {
  read(): ConnectionFacts;
  /** Calls when any of the facts, or a store in a workspace folder, may have changed. */
  watch(listener: () => void): Disposable;
  save(layer: Layer, entries: readonly unknown[]): Promise<void>;
}

/** A value that outlives the window. */
interface Remembered<T> {
  readonly value: T;
  set(value: T): Promise<void>;
}

/** Looks into one folder (registries/discover.ts). */
type Discover = (folder: string) => Promise<{ readonly trackingUris: readonly string[]; readonly offered?: string }>;

export type Origin = Layer | 'found' | 'environment';

interface Listed {
  readonly connection: Connection;
  readonly origin: Origin;
}

interface Listing {
  readonly listed: readonly Listed[];
  readonly problems: readonly string[];
  /** Tracking URIs of `.env` files that are not shown yet, absolute. */
  readonly offers: readonly string[];
}

const nothing: Listing = { listed: [], problems: [], offers: [] };

/**
 * Which registries a window shows. The settings' come first; where the workspace's settings name none, the stores in
 * its folders follow, and last the environment's. Before the workspace is trusted only local stores in its folders are
 * shown.
 */
export class Connections implements Disposable {
  private listing = nothing;
  private watching: Disposable | undefined;
  private round = 0;
  private readonly didList = new Emitter<undefined>();

  /** The list was made anew; `problems` and `offers` are those of now. */
  readonly onDidList = this.didList.event;

  constructor(
    private readonly facts: ConnectionFactSource,
    private readonly discover: Discover,
    private readonly registries: RegistrySet,
    private readonly remembered: Remembered<string>,
    /** The chosen MLflow workspace of each registry, by `workspaceKey`. */
    private readonly workspaces: Remembered<Readonly<Record<string, string>>>,
  ) {}

  get problems(): readonly string[] {
    return this.listing.problems;
  }

  get offers(): readonly string[] {
    return this.listing.offers;
  }

  /** What the registries' `ready` waits for; watches from then on. */
  async load(): Promise<void> {
    this.watching ??= this.facts.watch(() => void this.reload());
    await this.reload();
  }

  /** Looks again; a later call overtakes an earlier one. */
  async reload(): Promise<void> {
    const round = ++this.round;
    const listing = this.withWorkspaces(await this.list(this.facts.read()));
    if (round !== this.round) return;
    const before = JSON.stringify(this.listing.listed);
    this.listing = listing;
    if (JSON.stringify(listing.listed) !== before) this.show(listing);
    this.didList.fire(undefined);
  }

  /** Makes a registry the active one and remembers it for this workspace. */
  async choose(name: string): Promise<void> {
    this.registries.setActive(name);
    await this.remembered.set(name);
  }

  /** Shows another of MLflow's workspaces in a registry, and remembers it for this VS Code workspace. */
  async chooseWorkspace(connection: Connection, workspace: string): Promise<void> {
    await this.workspaces.set({ ...this.workspaces.value, [workspaceKey(connection)]: workspace });
    await this.reload();
  }

  originOf(name: string): Origin | undefined {
    return this.listing.listed.find(({ connection }) => connection.name === name)?.origin;
  }

  /** Throws unless the connection may be opened now: the list holds none that may not, this guards every other way. */
  allowed(connection: Connection): Connection {
    const { trusted, folders } = this.facts.read();
    if (trusted || isLocalToFolders(connection, folders)) return connection;
    throw new UserError('unsupported', l10n.t('This workspace is not trusted: only stores in its folders are read.'), {
      next: l10n.t('Trust it to use other registries.'),
      command: { id: 'workbench.trust.manage' },
    });
  }

  /** What a person typed as a connection with a free name. Throws a UserError that says what is wrong. */
  connectionFor(uri: string, name?: string): Connection {
    const trackingUri = absoluteUri(uri, this.facts.read());
    return this.allowed({ name: name ?? this.freeNameFor(trackingUri), trackingUri });
  }

  isTaken(name: string): boolean {
    return this.names.has(name);
  }

  /** The registry that shows this store already. */
  shown(uri: string): Connection | undefined {
    const key = storeKey(uri);
    return this.registries.connections.find(({ trackingUri }) => storeKey(trackingUri) === key);
  }

  /**
   * Saves a connection, servers to the user's settings and local stores to the workspace's, and makes it active.
   * Stores that were only found are saved along: with a list in the workspace's settings they would vanish.
   */
  async add(connection: Connection): Promise<Layer> {
    const facts = this.facts.read();
    const folder = storeKind(connection.trackingUri) === 'rest' ? undefined : facts.folders[0];
    const layer: Layer = folder ? 'workspace' : 'user';
    const found = folder ? this.listing.listed.filter(({ origin }) => origin === 'found') : [];
    const added = [...found.map((listed) => listed.connection), connection];
    const entries = added.map((one) => entryOf(one, folder, facts.folders.length === 1));
    await this.facts.save(layer, [...entriesOf(facts.layers[layer]), ...entries]);
    await this.reload();
    await this.choose(connection.name);
    return layer;
  }

  /** Takes a configured connection out of the settings; what it names stays as it is. */
  async remove(name: string): Promise<void> {
    const layer = this.originOf(name);
    if (layer !== 'workspace' && layer !== 'user') {
      throw new UserError('invalid', l10n.t("'{0}' is not in the settings: it was found.", name));
    }
    const entries = entriesOf(this.facts.read().layers[layer]).filter((entry) => entryName(entry) !== name);
    await this.facts.save(layer, entries);
    await this.reload();
  }

  dispose(): void {
    this.watching?.dispose();
    this.didList.dispose();
  }

  private get names(): ReadonlySet<string> {
    return new Set(this.listing.listed.map(({ connection }) => connection.name));
  }

  private freeNameFor(uri: string): string {
    return freeName(nameOf(uri), this.names);
  }

  private show({ listed }: Listing): void {
    const first = this.registries.connections.length === 0;
    this.registries.setConnections(listed.map(({ connection }) => connection));
    if (first) this.registries.setActive(this.remembered.value);
  }

  /** The workspaces that were chosen here, in place of those of the settings. */
  private withWorkspaces({ listed, ...rest }: Listing): Listing {
    const chosen = this.workspaces.value;
    const connections = listed.map(({ connection, origin }) => {
      const workspace = chosen[workspaceKey(connection)];
      return { connection: workspace === undefined ? connection : { ...connection, workspace }, origin };
    });
    return { ...rest, listed: connections };
  }

  private async list(facts: ConnectionFacts): Promise<Listing> {
    const { folders, trusted } = facts;
    const layers = trusted ? facts.layers : { ...facts.layers, workspace: undefined };
    const parsed = parseConnections(layers, facts);
    const found = await Promise.all(folders.map(({ path }) => this.discover(path)));
    const listed: Listed[] = fromSettings(parsed);
    if (entriesOf(layers.workspace).length === 0) {
      for (const [index, { trackingUris }] of found.entries()) {
        const prefix = folders.length > 1 ? `${folders[index]?.name ?? ''}/` : '';
        for (const uri of trackingUris) addUnlessShown(listed, { trackingUri: uri }, 'found', prefix);
      }
    }
    addEnvironment(listed, facts);
    if (!trusted) {
      const local = listed.filter(({ connection }) => isLocalToFolders(connection, folders));
      return { listed: local, problems: [], offers: [] };
    }
    return { listed, problems: parsed.problems, offers: offersOf(listed, found, facts) };
  }
}

/** A choice belongs to one store under one name: another store that takes the name has its own. */
function workspaceKey({ name, trackingUri }: Connection): string {
  return JSON.stringify([name, storeKey(trackingUri)]);
}

function fromSettings({ connections }: ParsedConnections): Listed[] {
  return connections.map(({ connection, layer }: ConfiguredConnection) => ({ connection, origin: layer }));
}

function addEnvironment(listed: Listed[], facts: ConnectionFacts): void {
  const { trackingUri, registryUri } = facts.environment;
  const absolute = trackingUri === undefined ? undefined : tryAbsolute(trackingUri, facts);
  if (absolute === undefined) return;
  const elsewhere = registryUri === undefined ? undefined : tryAbsolute(registryUri, facts);
  const uris = { trackingUri: absolute, ...(elsewhere === undefined ? {} : { registryUri: elsewhere }) };
  addUnlessShown(listed, uris, 'environment', '');
}

function addUnlessShown(listed: Listed[], uris: Omit<Connection, 'name'>, origin: Origin, prefix: string): void {
  if (shows(listed, uris.trackingUri)) return;
  const names = new Set(listed.map(({ connection }) => connection.name));
  listed.push({ connection: { name: freeName(prefix + nameOf(uris.trackingUri), names), ...uris }, origin });
}

function shows(listed: readonly Listed[], uri: string): boolean {
  return listed.some(({ connection }) => storeKey(connection.trackingUri) === storeKey(uri));
}

function offersOf(
  listed: readonly Listed[],
  found: readonly { readonly offered?: string }[],
  facts: ConnectionFacts,
): readonly string[] {
  const uris = found.map(({ offered }, index) => {
    const own = facts.folders.slice(index, index + 1);
    return offered === undefined
      ? undefined
      : tryAbsolute(withoutCredentials(offered), { home: facts.home, folders: own });
  });
  return [...new Set(uris.filter((uri) => uri !== undefined))].filter((uri) => !shows(listed, uri));
}

// An environment that names nothing usable is no reason to disturb anybody.
function tryAbsolute(uri: string, around: Surroundings): string | undefined {
  try {
    return absoluteUri(uri, around);
  } catch {
    return undefined;
  }
}

function isLocalToFolders({ trackingUri, registryUri }: Connection, folders: readonly WorkspaceFolder[]): boolean {
  return [trackingUri, registryUri ?? trackingUri].every((uri) => liesInFolders(uri, folders));
}

function entryOf(connection: Connection, folder: WorkspaceFolder | undefined, relative: boolean): RegistryEntry {
  const { name, trackingUri, registryUri, workspace } = connection;
  return {
    name,
    uri: folder && relative ? uriInFolder(trackingUri, folder.path) : trackingUri,
    ...(registryUri === undefined ? {} : { registryUri }),
    ...(workspace === undefined ? {} : { workspace }),
  };
}
