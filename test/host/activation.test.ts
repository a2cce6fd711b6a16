import * as assert from 'node:assert/strict';
import { commands, extensions, Uri, workspace } from 'vscode';
import { artifactUriPath } from '../../src/app/artifactAddress';
import { textUriParts } from '../../src/app/textAddress';
import type { Ref } from '../../src/domain/ref';
import { artifactScheme, commands as ids, textScheme } from '../../src/ids';
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

  it('opens artifacts and texts of editors that VS Code restored before any view was shown', async () => {
    const { registries } = await ringside();
    assert.deepEqual(registries.connections, [], 'nothing has looked for them');
    const [model, registry] = ['tumour-classifier', 'mlflow.db'];
    const root = { kind: 'version', name: model, version: '3' } as const;
    const artifacts = Uri.from({ scheme: artifactScheme, path: artifactUriPath({ registry, root, path: '' }) });
    const ref: Ref = { kind: 'model', registry, id: model };
    const text = Uri.from({ scheme: textScheme, ...textUriParts({ ref }, model) });
    const [files, description] = await Promise.all([
      workspace.fs.readDirectory(artifacts),
      workspace.fs.readFile(text),
    ]);
    assert.ok(files.some(([name]) => name === 'MLmodel'));
    assert.ok(description.length > 0);
    const elsewhere = Uri.from({ scheme: artifactScheme, path: artifactUriPath({ registry: 'gone', root, path: '' }) });
    await assert.rejects(Promise.resolve(workspace.fs.readDirectory(elsewhere)), { code: 'FileNotFound' });
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
