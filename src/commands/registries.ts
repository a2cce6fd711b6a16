import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Connections } from '../app/connections';
import type { RegistrySet } from '../app/registrySet';
import { type Connection, storeKind, withoutCredentials } from '../domain/connection';
import { UserError } from '../domain/errors';
import { formatDuration } from '../domain/format';
import type { Credentials, LastKnown, Registry } from '../domain/ports';
import { commands } from '../ids';
import type { Secrets } from '../platform/secrets';
import type { Choice, Ui } from '../platform/ui';
import { activeConnection } from './activeConnection';
import { command } from './register';
import { registerWorkspaceCommands } from './workspaces';

export interface RegistryFaces {
  readonly ui: Ui;
  readonly secrets: Secrets;
  readonly lastKnown: LastKnown;
  /** Opens a connection that is only being tried. */
  readonly open: (connection: Connection) => Registry;
  readonly log: { show(): void };
  /** Copies the sample into a new folder and gives its tracking URI. */
  readonly copySample: (folder: string) => Promise<string>;
  readonly now: () => number;
}

type Kind = 'server' | 'database' | 'folder';

/** Add, Switch, Remove, Sign In, Sign Out, Refresh, Check Connection, Create Sample Registry, Show Log. */
export function registerRegistryCommands(
  connections: Connections,
  registries: RegistrySet,
  faces: RegistryFaces,
): Disposable[] {
  const { ui, secrets, lastKnown, open, log, now } = faces;

  /** `offered`: the tracking URI that a `.env` names. */
  async function add(offered: unknown): Promise<void> {
    await registries.ready();
    const uri = typeof offered === 'string' ? offered : await askUri(ui);
    if (uri === undefined) return;
    const connection = connections.connectionFor(uri);
    const shown = connections.shown(connection.trackingUri);
    if (shown) {
      throw new UserError('conflict', l10n.t("'{0}' shows this store already.", shown.name), {
        next: l10n.t('Choose it with Switch Registry.'),
      });
    }
    await check(connection);
    const name = await ui.input({
      title: l10n.t('Name of the registry'),
      value: connection.name,
      validate: (text) => nameProblem(connections, text),
    });
    if (name === undefined) return;
    await connections.add({ ...connection, name: name.trim() });
    ui.done(l10n.t("Registry '{0}' is added", name.trim()));
  }

  /** Opens a connection once before it is saved; a server that asks who one is, is told. */
  async function check(connection: Connection): Promise<void> {
    const registry = open(connection);
    const ask = (): Promise<unknown> =>
      ui.progress(l10n.t('Checking {0}', withoutCredentials(connection.trackingUri)), (_report, signal) =>
        registry.describe({}, signal),
      );
    try {
      await ask().catch(async (error: unknown) => {
        if (!(error instanceof UserError) || error.kind !== 'unauthorized') throw error;
        if (!(await signIn(connection))) throw error;
        await ask();
      });
    } finally {
      registry.dispose();
    }
  }

  async function signIn(connection: Connection): Promise<boolean> {
    const credentials = await askCredentials(ui, connection);
    if (credentials) await secrets.store(connection.trackingUri, credentials);
    return credentials !== undefined;
  }

  async function switchRegistry(): Promise<void> {
    await registries.ready();
    const choices = registries.connections.map((connection) => choiceOf(connection, registries));
    const name = await ui.pick(choices, { title: l10n.t('Which registry?') });
    if (name !== undefined) await connections.choose(name);
  }

  async function remove(): Promise<void> {
    const connection = await activeConnection(registries);
    const { name } = connection;
    const detail = l10n.t('Only the setting is removed; the store stays as it is.');
    if (await ui.confirm(l10n.t("Remove registry '{0}'?", name), { detail, action: l10n.t('Remove') })) {
      await connections.remove(name);
      await lastKnown.forget(connection);
    }
  }

  async function checkConnection(): Promise<void> {
    const { name } = await activeConnection(registries);
    const started = now();
    registries.forget();
    const { summary } = await ui.progress(l10n.t("Checking '{0}'", name), (_report, signal) =>
      registries.describe(name, signal),
    );
    await ui.inform(l10n.t("'{0}' answered in {1}: {2}.", name, formatDuration(now() - started), summary));
  }

  async function createSample(): Promise<void> {
    await registries.ready();
    const folder = await ui.pickFile({ title: l10n.t('Folder for the sample registry'), folder: true });
    if (folder === undefined) return;
    const copying = (): Promise<string> => faces.copySample(`${folder}/ringside-sample`);
    const uri = await ui.progress(l10n.t('Copying the sample registry'), copying, { cancellable: false });
    const name = connections.isTaken('sample') ? connections.connectionFor(uri).name : 'sample';
    await connections.add(connections.connectionFor(uri, name));
  }

  const signedServer = async (): Promise<Connection> => {
    const connection = await activeConnection(registries);
    if (storeKind(connection.trackingUri) === 'rest') return connection;
    throw new UserError('invalid', l10n.t("'{0}' is not a server: there is nothing to sign in to.", connection.name));
  };

  return [
    ...registerWorkspaceCommands(connections, registries, faces),
    command(commands.addRegistry, ui, add),
    command(commands.switchRegistry, ui, switchRegistry),
    command(commands.removeRegistry, ui, remove),
    command(commands.signIn, ui, async () => {
      if (await signIn(await signedServer())) registries.forget();
    }),
    command(commands.signOut, ui, async () => {
      const connection = await signedServer();
      const { name, trackingUri } = connection;
      await secrets.remove(trackingUri);
      // Who signs in next may be somebody else.
      await lastKnown.forget(connection);
      registries.forget();
      ui.done(l10n.t("Signed out of '{0}'", name));
    }),
    command(commands.refresh, ui, async () => {
      await connections.reload();
      registries.forget();
    }),
    command(commands.checkConnection, ui, checkConnection),
    command(commands.createSample, ui, createSample),
    command(commands.showLog, ui, () => {
      log.show();
    }),
  ];
}

async function askUri(ui: Ui): Promise<string | undefined> {
  const kinds: readonly Choice<Kind>[] = [
    {
      label: l10n.t('Server'),
      detail: l10n.t('An MLflow tracking server, by its address'),
      icon: 'database',
      value: 'server',
    },
    {
      label: l10n.t('Database File'),
      detail: l10n.t('A local mlflow.db; no server, no Python'),
      icon: 'file',
      value: 'database',
    },
    {
      label: l10n.t('Folder'),
      detail: l10n.t('A local mlruns folder; no server, no Python'),
      icon: 'folder-library',
      value: 'folder',
    },
  ];
  const kind = await ui.pick(kinds, { title: l10n.t('Add Registry') });
  if (kind === 'server') {
    return ui.input({
      title: l10n.t('Address of the MLflow server'),
      placeholder: 'http://127.0.0.1:5000',
      validate: (text) =>
        /^https?:\/\/[^\s/]+/i.test(text.trim()) ? undefined : l10n.t('An address begins with http:// or https://.'),
    });
  }
  if (kind === 'database') {
    const file = await ui.pickFile({ title: l10n.t('Choose the database file'), folder: false });
    return file === undefined ? undefined : `sqlite:///${file}`;
  }
  return kind && ui.pickFile({ title: l10n.t('Choose the mlruns folder'), folder: true });
}

function nameProblem(connections: Connections, text: string): string | undefined {
  if (text.trim() === '') return l10n.t('A registry needs a name.');
  return connections.isTaken(text.trim()) ? l10n.t("There is a registry '{0}' already.", text.trim()) : undefined;
}

async function askCredentials(ui: Ui, { trackingUri }: Connection): Promise<Credentials | undefined> {
  const title = l10n.t('Sign in to {0}', withoutCredentials(trackingUri));
  const ways: readonly Choice<Credentials['kind']>[] = [
    { label: l10n.t('User Name and Password'), icon: 'account', value: 'basic' },
    { label: l10n.t('Token'), icon: 'key', value: 'bearer' },
  ];
  const way = await ui.pick(ways, { title });
  if (way === 'bearer') {
    const token = (await ui.input({ title, prompt: l10n.t('Token'), password: true, validate: tokenProblem }))?.trim();
    return token ? { kind: 'bearer', token } : undefined;
  }
  const username = way && (await ui.input({ title, prompt: l10n.t('User name') }));
  if (!username) return undefined;
  const password = await ui.input({ title, prompt: l10n.t('Password'), password: true });
  return password === undefined ? undefined : { kind: 'basic', username, password };
}

/** A line break would end the header that carries the token; around it, it comes from copying. */
function tokenProblem(text: string): string | undefined {
  return /\p{Cc}/u.test(text.trim()) ? l10n.t('A token is one line.') : undefined;
}

function choiceOf({ name, trackingUri }: Connection, registries: RegistrySet): Choice<string> {
  const icons = { rest: 'database', sqlite: 'file', files: 'folder-library', unsupported: 'warning' };
  const state = registries.state(name);
  const uri = withoutCredentials(trackingUri);
  const isActive = registries.active?.name === name;
  return {
    label: name,
    description: isActive ? l10n.t('active') : '',
    detail: state.kind === 'failed' ? `${uri} · ${state.error.message}` : uri,
    icon: icons[storeKind(trackingUri)],
    value: name,
  };
}
