import * as l10n from '@vscode/l10n';
import { ExtensionMode, l10n as vscodeL10n, window, type ExtensionContext } from 'vscode';
import { registerBrowseCommands } from './commands/browse';
import { registerCopyCommands } from './commands/copy';
import { registerDeployCommands } from './commands/deploy';
import { registerLiveCommands } from './commands/live';
import { registerMlflowUiCommands } from './commands/mlflowUi';
import { registerModelCommands } from './commands/models';
import { registerOpenCommands } from './commands/open';
import { registerRegistryCommands } from './commands/registries';
import { PickedSubjects } from './commands/subjects';
import { createCore } from './core';
import { Answers } from './editor/answers';
import { ArtifactFileSystem } from './editor/artifactFileSystem';
import { EndpointLogs } from './editor/endpointLogs';
import { views } from './ids';
import { comparePanels } from './panels/compare/comparePanel';
import { MetricsView } from './panels/metrics/metricsView';
import { PanelSet } from './panels/panelSet';
import { runPanels } from './panels/run/runPanel';
import { commandTitles } from './platform/commandTitles';
import { Log } from './platform/log';
import { SwitchableUi } from './platform/switchableUi';
import { VscodeUi } from './platform/vscodeUi';
import { EndpointsTree } from './views/endpointsTree';
import { Selection } from './views/selection';
import { RegistryStatus } from './views/statusBar';
import { TreeViews } from './views/treeViews';

export function activate(context: ExtensionContext) {
  if (vscodeL10n.bundle) l10n.config({ contents: vscodeL10n.bundle });
  const { extensionUri, subscriptions } = context;
  const log = new Log();
  const ui = new SwitchableUi(new VscodeUi(log, commandTitles(context)));
  const core = createCore(context, log, ui);
  const { settings, registries, connections, deployments, browser } = core;
  const [now, selection, pageSize] = [Date.now, new Selection(), () => settings.runsPageSize.value];
  const shared = { ...core, selection, ui, log, now, pageSize };
  const subjects = new PickedSubjects(registries, browser, selection, ui);
  const trees = new TreeViews(shared);
  const endpoints = new EndpointsTree(deployments, selection, now);
  const services = { ...core, extensionUri, logFailure: (error: unknown) => log.error('In a webview:', error) };
  const run = new PanelSet(extensionUri, runPanels(services));
  const compare = new PanelSet(extensionUri, comparePanels(services));
  const [answers, logs] = [new Answers(), new EndpointLogs(deployments)];
  const reveal = trees.reveal.bind(trees);
  subscriptions.push(log, trees, endpoints, run, compare, answers, logs, new RegistryStatus(registries));
  const metrics = new MetricsView(services, selection);
  subscriptions.push(metrics, window.registerWebviewViewProvider(views.metrics, metrics));
  subscriptions.push(new ArtifactFileSystem(registries, settings.artifactPreviewLimit));
  subscriptions.push(...registerRegistryCommands(connections, registries, shared));
  subscriptions.push(...registerBrowseCommands({ ...shared, subjects, reveal }), ...registerCopyCommands(shared));
  subscriptions.push(...registerModelCommands(registries, ui, subjects), ...registerMlflowUiCommands(shared));
  subscriptions.push(...registerOpenCommands({ ...shared, panels: { run, compare } }));
  subscriptions.push(
    ...registerLiveCommands(shared),
    ...registerDeployCommands(deployments, { ...shared, answers, logs, subjects }),
  );
  return context.extensionMode === ExtensionMode.Test ? { setUi: ui.setUi, trees, endpoints } : undefined;
}
