import * as assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { extensions, workspace } from 'vscode';
import type { RegistrySet } from '../../src/app/registrySet';
import { Watcher } from '../../src/app/watcher';
import { noContract } from '../../src/domain/contract';
import type { activate } from '../../src/extension';
import { Settings } from '../../src/platform/settings';
import { copySample } from '../../src/registries/sample';
import { ScriptedUi } from './scriptedUi';
import { labelOf } from './treeText';

type TestApi = NonNullable<ReturnType<typeof activate>>;

/** What the extension gives to tests. */
export async function ringside(): Promise<TestApi> {
  const extension = extensions.getExtension<TestApi>('ringside.ringside');
  assert.ok(extension);
  return extension.activate();
}

/** Shows one store instead of the workspace's own; undone by `showOwnStores`. */
export async function showStore(name: string, uri: string): Promise<void> {
  await showStores({ [name]: uri });
}

/** Several by their names, the first one active. */
export async function showStores(uris: Readonly<Record<string, string>>): Promise<void> {
  const stores = Object.entries(uris).map(([name, uri]) => ({ name, uri }));
  const [name] = Object.keys(uris);
  await workspace.getConfiguration('ringside').update('registries', stores, false);
  const { registries } = await ringside();
  // Another store may show the same rows.
  await until(() => registries.active?.name === name);
}

export async function showOwnStores(): Promise<void> {
  const { registries } = await ringside();
  const uris = (): string => JSON.stringify(registries.connections.map(({ trackingUri }) => trackingUri));
  const before = uris();
  const settings = workspace.getConfiguration('ringside');
  if (settings.inspect('registries')?.workspaceValue === undefined) return;
  await settings.update('registries', undefined, false);
  await until(() => uris() !== before);
}

/** Waits for a condition: the tests' own timeout says when it does not come. */
export async function until<T>(condition: () => T | Promise<T>): Promise<Exclude<T, false | null | undefined>> {
  for (;;) {
    const value = await condition();
    if (value) return value as Exclude<T, false | null | undefined>;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the Experiments and Models views show. */
export async function trees(): Promise<TestApi['trees']['providers']> {
  return (await ringside()).trees.providers;
}

/** A copy of the sample of its own in a temporary folder. */
export async function ownSample(): Promise<{ readonly folder: string; readonly uri: string }> {
  const extension = extensions.getExtension('ringside.ringside');
  assert.ok(extension);
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'ringside-host-')), 'sample');
  const uri = await copySample(path.join(extension.extensionPath, 'media', 'sample'), folder);
  return { folder, uri };
}

/** Waits until the first element of a tree begins so. */
export async function showsFirst(tree: 'experiments' | 'models', label: string): Promise<void> {
  const provider = (await trees())[tree];
  await until(async () => {
    const [first] = await provider.getChildren();
    return first && labelOf(provider.getTreeItem(first)).startsWith(label);
  });
}

/** A team that agreed on nothing, and the settings as they are. */
export const pageServices = {
  contract: { get: () => Promise.resolve(noContract), onDidChange: () => ({ dispose: () => undefined }) },
  settings: new Settings(),
  ui: new ScriptedUi(),
  edits: { replace: () => Promise.reject(new Error('nothing is written')) },
  deployments: { list: () => Promise.resolve([]), onDidChange: () => ({ dispose: () => undefined }) },
};

/** Looks at nothing. */
export function resting(registries: RegistrySet): Watcher {
  const after = () => ({ dispose: () => undefined });
  return new Watcher(registries, {
    now: Date.now,
    after,
    interval: () => 1,
    isLooking: () => false,
    failed: () => undefined,
  });
}
