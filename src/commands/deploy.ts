import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Deployments, Trial } from '../app/deploy';
import { type Ref, versionOf } from '../domain/ref';
import type { Endpoint } from '../domain/target';
import { commands, views } from '../ids';
import type { Interpreters } from '../platform/python';
import { refsOf } from '../platform/refs';
import type { Ui } from '../platform/ui';
import type { Selection } from '../platform/selection';
import { command } from './register';

interface DeployFaces {
  readonly ui: Ui;
  readonly interpreters: Interpreters;
  readonly answers: { show(trial: Trial): Promise<void> };
  readonly logs: { show(endpoint: Endpoint): void };
  readonly selection: Selection;
  readonly subjects: { version(): Promise<Ref | undefined> };
}

/** Deploy Locally, Try It, Stop, Remove, Show Log, Choose Python. */
export function registerDeployCommands(deployments: Deployments, faces: DeployFaces): Disposable[] {
  const { ui, interpreters, answers, logs, selection, subjects } = faces;

  async function deploy(ref: Ref | undefined): Promise<void> {
    const target = ref?.kind === 'version' ? ref : await subjects.version();
    if (!target) return;
    const { name, version } = versionOf(target);
    const endpoint = await ui.progress(l10n.t('Deploying {0} v{1}', name, version), async (report, signal) => {
      report(l10n.t('checking Python'));
      const python = await interpreters.get(signal);
      return python && deployments.deploy(target, python, report, signal);
    });
    if (!endpoint) return;
    const tryIt = l10n.t('Try It');
    const chosen = await ui.inform(l10n.t('{0} v{1} is served at {2}', name, version, endpoint.url), tryIt);
    if (chosen === tryIt) await tryEndpoint(endpoint.id);
  }

  async function tryEndpoint(id: string): Promise<void> {
    const trial = await ui.progress(l10n.t('Sending the input example'), (_report, signal) =>
      deployments.tryIt(id, signal),
    );
    await answers.show(trial);
    const { modelName, version } = trial.endpoint;
    const ms = Math.round(trial.answer.latencyMs);
    ui.done(l10n.t('{0} v{1} answered {2} in {3} ms', modelName, version, trial.answer.status, ms));
  }

  async function stop(id: string): Promise<void> {
    const { modelName, version, url } = await deployments.endpoint(id);
    const question = l10n.t('Stop {0} v{1}?', modelName, version);
    if (!(await ui.confirm(question, { detail: l10n.t('What calls {0} will fail.', url), action: l10n.t('Stop') })))
      return;
    await deployments.stop(id);
    ui.done(l10n.t('{0} v{1} is stopped', modelName, version));
  }

  /** The endpoint that was clicked, is selected, or is picked among those that fit. */
  async function endpointOf(
    args: readonly unknown[],
    fits: (endpoint: Endpoint) => boolean,
  ): Promise<string | undefined> {
    const [named] = [...refsOf(args), ...selection.in(views.endpoints)].filter(({ kind }) => kind === 'endpoint');
    if (named) return named.id;
    const choices = deployments.list().then((all) =>
      all.filter(fits).map((endpoint) => ({
        label: endpoint.modelName,
        description: `v${endpoint.version} · ${endpoint.url}`,
        icon: 'broadcast',
        value: endpoint.id,
      })),
    );
    return ui.pick(choices, { title: l10n.t('Which endpoint?') });
  }

  const isRunning = ({ state }: Endpoint): boolean => state !== 'stopped';
  const onEndpoint =
    (fits: (endpoint: Endpoint) => boolean, act: (id: string) => unknown) =>
    async (...args: readonly unknown[]): Promise<void> => {
      const id = await endpointOf(args, fits);
      if (id !== undefined) await act(id);
    };

  return [
    command(commands.deployLocally, ui, (...args) => deploy(refsOf(args)[0])),
    command(
      commands.tryEndpoint,
      ui,
      onEndpoint(({ state }) => state === 'serving', tryEndpoint),
    ),
    command(commands.stopEndpoint, ui, onEndpoint(isRunning, stop)),
    command(
      commands.removeEndpoint,
      ui,
      onEndpoint(
        (endpoint) => !isRunning(endpoint),
        (id) => deployments.remove(id),
      ),
    ),
    command(
      commands.showEndpointLog,
      ui,
      onEndpoint(
        () => true,
        async (id) => logs.show(await deployments.endpoint(id)),
      ),
    ),
    command(commands.choosePython, ui, () => interpreters.choose()),
  ];
}
