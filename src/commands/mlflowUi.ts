import * as l10n from '@vscode/l10n';
import type { RegistrySet } from '../app/registrySet';
import { storeKind } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { Disposable } from '../domain/ports';
import type { WebUi } from '../domain/target';
import { commands, contextKeys } from '../ids';
import { ContextKey } from '../platform/contextKeys';
import type { Interpreters } from '../platform/python';
import type { Ui } from '../platform/ui';
import { command } from './register';

export interface MlflowUiFaces {
  readonly registries: RegistrySet;
  readonly interpreters: Interpreters;
  readonly webUi: WebUi;
  readonly ui: Ui;
}

/** Start MLflow UI and Stop MLflow UI, for local stores. */
export function registerMlflowUiCommands({ registries, interpreters, webUi, ui }: MlflowUiFaces): Disposable[] {
  const running = new ContextKey<boolean>(contextKeys.mlflowUiRunning);

  async function start(): Promise<void> {
    await registries.ready();
    const { active } = registries;
    if (!active || storeKind(active.trackingUri) === 'rest') {
      throw new UserError('invalid', l10n.t('MLflow’s UI is started for local stores only.'), {
        next: l10n.t('Open a server’s own with Open in MLflow UI.'),
      });
    }
    const address = await ui.progress(l10n.t('Starting MLflow’s UI'), async (report, signal) => {
      report(l10n.t('checking Python'));
      const python = await interpreters.get(signal);
      return python && webUi.start(active.trackingUri, python.path, () => running.set(false), signal);
    });
    if (address === undefined) return;
    running.set(true);
    await ui.openAddress(address);
  }

  return [
    command(commands.startMlflowUi, ui, start),
    command(commands.stopMlflowUi, ui, async () => {
      await webUi.stop();
      running.set(false);
    }),
    webUi,
  ];
}
