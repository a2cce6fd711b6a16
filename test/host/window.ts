import * as assert from 'node:assert/strict';
import { extensions, workspace } from 'vscode';
import type { activate } from '../../src/extension';

type TestApi = NonNullable<ReturnType<typeof activate>>;

/** What the extension gives to tests. */
export async function ringside(): Promise<TestApi> {
  const extension = extensions.getExtension<TestApi>('ringside.ringside');
  assert.ok(extension);
  return extension.activate();
}

/** Shows one store instead of the workspace's own; undone by `showOwnStores`. */
export async function showStore(name: string, uri: string): Promise<void> {
  await workspace.getConfiguration('ringside').update('registries', [{ name, uri }], false);
}

export async function showOwnStores(): Promise<void> {
  await workspace.getConfiguration('ringside').update('registries', undefined, false);
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
