// The Python extension is a fake here: no test window can install the real one, which comes from a marketplace.
import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type Extension, extensions, workspace } from 'vscode';
import { commands as ids } from '../../src/ids';
import { refusal, run } from './script';
import { setPython } from './servers';
import { elementAt } from './treeText';
import { trees } from './window';

describe('The Python that serves', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-pythons-'));
  const calls = path.join(folder, 'calls');
  const venv = path.join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', '.venv');
  const { getExtension } = extensions;

  /** A Python without MLflow that notes that it was run. */
  function python(file: string, name: string): string {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho '${name}' >> '${calls}'\nexit 1\n`, { mode: 0o755 });
    return file;
  }

  const version = async () => elementAt((await trees()).models, 'tumour-classifier', 'v3');
  const asked = (): string[] => readFileSync(calls, 'utf8').trim().split('\n');

  /** VS Code finds this as the Python extension. */
  function pythonExtension(activate: () => Promise<unknown>): void {
    const found: Partial<Extension<unknown>> = { activate };
    const extensionOf = (id: string): unknown => (id === 'ms-python.python' ? found : getExtension(id));
    Object.assign(extensions, { getExtension: extensionOf });
  }

  beforeEach(async () => {
    writeFileSync(calls, '');
    python(path.join(venv, 'bin', 'python'), '.venv');
    const active = python(path.join(folder, 'active', 'python'), 'active');
    const environments = {
      getActiveEnvironmentPath: () => ({ path: active }),
      resolveEnvironment: () => Promise.resolve({ executable: { uri: { fsPath: active } } }),
    };
    pythonExtension(() => Promise.resolve({ environments }));
    await setPython(undefined);
  });

  after(async () => {
    Object.assign(extensions, { getExtension });
    await setPython(undefined);
    for (const made of [venv, folder]) rmSync(made, { recursive: true, force: true });
  });

  it('is the Python extension’s active one, else that of .venv, else one that is picked', async () => {
    const ui = await run(ids.deployLocally, [await version()], undefined);
    assert.deepEqual(asked(), ['active', '.venv']);
    assert.deepEqual(ui.asked, ['Choose a Python that has MLflow']);
  });

  it('is the one of the setting alone where there is one', async () => {
    await setPython(python(path.join(folder, 'chosen', 'python'), 'chosen'));
    await refusal(ids.deployLocally, [await version()]);
    assert.deepEqual(asked(), ['chosen']);
  });

  it('is looked for further where the Python extension fails', async () => {
    pythonExtension(() => Promise.reject(new Error('no environments here')));
    await run(ids.deployLocally, [await version()], undefined);
    assert.deepEqual(asked(), ['.venv']);
  });
});
