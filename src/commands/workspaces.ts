import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Connections } from '../app/connections';
import type { RegistrySet } from '../app/registrySet';
import { type Connection, defaultWorkspace } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { Registry } from '../domain/ports';
import { commands } from '../ids';
import type { Choice, Ui } from '../platform/ui';
import { activeConnection } from './activeConnection';
import { command } from './register';

interface WorkspaceFaces {
  readonly ui: Ui;
  /** Opens a connection that is only being tried. */
  readonly open: (connection: Connection) => Registry;
}

/** Switch Workspace: MLflow's workspaces (3.10+), not VS Code's. */
export function registerWorkspaceCommands(
  connections: Connections,
  registries: RegistrySet,
  { ui, open }: WorkspaceFaces,
): Disposable[] {
  /** Asked of the store as it is without a choice: the chosen one may be gone. */
  async function workspacesOf({ workspace: _, ...connection }: Connection): Promise<readonly string[]> {
    const registry = open(connection);
    try {
      const describing = ui.progress(l10n.t("Reading the workspaces of '{0}'", connection.name), (_report, signal) =>
        registry.describe({}, signal),
      );
      return (await describing).workspaces ?? [];
    } finally {
      registry.dispose();
    }
  }

  async function switchWorkspace(): Promise<void> {
    const connection = await activeConnection(registries);
    const names = await workspacesOf(connection);
    if (names.length === 0 && connection.workspace === undefined) {
      throw new UserError('unsupported', l10n.t("'{0}' is not divided into MLflow workspaces.", connection.name), {
        next: l10n.t('A server has them from MLflow 3.10 on, with --enable-workspaces.'),
      });
    }
    const current = connection.workspace ?? defaultWorkspace;
    const choices = (names.length === 0 ? [defaultWorkspace] : names).map((name): Choice<string> => {
      return { label: name, description: name === current ? l10n.t('active') : '', icon: 'layers', value: name };
    });
    const chosen = await ui.pick(choices, { title: l10n.t("Which workspace of '{0}'?", connection.name) });
    if (chosen !== undefined && chosen !== current) await connections.chooseWorkspace(connection, chosen);
  }

  return [command(commands.switchWorkspace, ui, switchWorkspace)];
}
