import * as assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { commands as ids } from '../../src/ids';
import { scripted } from './script';
import { ringside, trees, until } from './window';

describe('Activation', () => {
  it('is ready before somebody looks where the folder holds a store, so that the first look is fast', async () => {
    assert.ok(await until(() => extensions.getExtension('ringside.ringside')?.isActive));
  });

  it('registers every command', async () => {
    await ringside();
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      Object.values(ids).filter((id) => !registered.has(id)),
      [],
    );
  });

  it('shows the stores of the folder and no failure', async () => {
    const ui = await scripted();
    const { experiments, models } = await trees();
    for (const provider of [experiments, models]) {
      const elements = await until(async () => {
        const found = await provider.getChildren();
        return found.length > 1 && found;
      });
      assert.deepEqual(
        elements.filter(({ kind }) => kind === 'error'),
        [],
      );
    }
    assert.deepEqual(await (await ringside()).endpoints.getChildren(), []);
    assert.deepEqual(ui.failures, []);
  });
});
