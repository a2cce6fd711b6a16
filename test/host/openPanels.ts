import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { TabInputWebview, Uri, window, workspace } from 'vscode';
import { RegistrySet } from '../../src/app/registrySet';
import type { RunsSource } from '../../src/domain/frame';
import { type Ref, versionOf } from '../../src/domain/ref';
import type { CompareHost } from '../../src/panels/compare/compare.messages';
import { comparePanels, type CompareServices } from '../../src/panels/compare/comparePanel';
import type { RunsHost } from '../../src/panels/runs/runs.messages';
import { type RunsServices, runsPanels } from '../../src/panels/runs/runsPanel';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { type PlayedPanel, playPanel } from './playedPanel';
import { elementAt } from './treeText';
import { pageServices, resting, trees } from './window';

export const model = 'tumour-classifier';

/** Labels of the open panels of one kind. */
export function panelTabs(viewType: string): string[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(viewType))
    .map(({ label }) => label);
}

export async function refOf(version: string): Promise<Ref> {
  const { ref } = await elementAt((await trees()).models, model, version);
  assert.ok(ref);
  return ref;
}

/** The sample of the window's folder, read a second time by the test. */
export function sampleRegistry(name: string) {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return openRegistry(
    { name, trackingUri: `sqlite:///${path.join(folder.uri.fsPath, 'mlflow.db')}` },
    { local: openLocal },
  );
}

/** That registry and no other, found when it is first asked for. */
export function sampleAlone(name: string): RegistrySet {
  const registries: RegistrySet = new RegistrySet(
    () => sampleRegistry(name),
    Date.now,
    () => {
      registries.setConnections([{ name, trackingUri: 'sqlite:///mlflow.db' }]);
      return Promise.resolve();
    },
  );
  return registries;
}

export async function sourceRun(version: string): Promise<Ref> {
  const ref = await refOf(version);
  const { runId } = await sampleRegistry(ref.registry).models.version(versionOf(ref));
  return { kind: 'run', registry: ref.registry, id: runId };
}

/** A Runs panel of nobody's, whose browser side the test plays. */
export function playRuns(
  registries: RegistrySet,
  source: RunsSource,
  services: Partial<RunsServices> = {},
): PlayedPanel<RunsHost> {
  const nothing = { value: {}, set: () => Promise.resolve() };
  const kind = runsPanels({
    ...{
      ...pageServices,
      registries,
      watcher: resting(registries),
      runLayouts: nothing,
      chartLayouts: nothing,
      favourites: nothing,
    },
    ...{ extensionUri: Uri.file('/'), logFailure: () => undefined, ...services },
  });
  return playPanel<RunsHost, Parameters<typeof kind.connect>[1]>(kind, { sources: [source] });
}

/** Likewise a Compare panel. */
export function playComparison(
  registries: RegistrySet,
  refs: readonly Ref[],
  services: Partial<CompareServices> & Pick<CompareServices, 'contract'>,
): PlayedPanel<CompareHost> {
  const kind = comparePanels({
    ...{ ...pageServices, registries, watcher: resting(registries) },
    ...{ extensionUri: Uri.file('/'), logFailure: () => undefined, ...services },
  });
  return playPanel<CompareHost, Parameters<typeof kind.connect>[1]>(kind, { refs });
}
