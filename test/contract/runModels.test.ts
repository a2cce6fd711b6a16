import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadRunPage } from '../../src/app/runPage';
import { loadVersionPage } from '../../src/app/versionPage';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { kinds } from './backends';
import { has } from './mlflow';
import { Oracle } from './oracle';

/** MLflow 3 keeps logged models beside the runs; before, they were folders of a run. */
if (!has('loggedModels') && kinds.some(({ name }) => name === 'sqlite'))
  describe('A model that MLflow 2 logged into a run', function () {
    this.timeout(300_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'ringside-run-models-'));
    let registry: Registry;
    let runId = '';

    before(async () => {
      const uri = `sqlite:///${folder}/mlflow.db`;
      const oracle = new Oracle(folder);
      runId = await oracle.ask('log_into_run', uri, 'net/model', 'net');
      oracle.dispose();
      registry = openRegistry({ name: 'old', trackingUri: uri }, { local: openLocal });
    });
    after(() => {
      registry.dispose();
      rmSync(folder, { recursive: true, force: true });
    });

    it('stands on the run’s page with its flavors and the version registered from it', async () => {
      const page = await loadRunPage(registry, { kind: 'run', registry: 'old', id: runId });
      assert.deepEqual([page.loggedModels, page.missing], [[], []]);
      assert.deepEqual(
        page.runModels.map(({ path: at, file }) => [at, file.flavors.map(({ name }) => name)]),
        [['net/model', ['python_function']]],
      );
      assert.deepEqual(
        page.madeVersions.map(({ name, version }) => [name, version]),
        [['net', '1']],
      );
    });

    it('is known on the version’s page by its files, and by the run where those are gone', async () => {
      const ref = { kind: 'version', registry: 'old', id: 'net/1' } as const;
      const whole = await loadVersionPage(registry, ref);
      assert.deepEqual(
        whole.model.file?.signature?.inputs.map(({ name, type }) => [name, type]),
        [['radius', 'double']],
      );
      rmSync(path.join(folder, 'mlruns'), { recursive: true });
      const { model } = await loadVersionPage(registry, ref);
      assert.deepEqual(
        model.file?.flavors.map(({ name }) => name),
        ['python_function'],
      );
      assert.ok(model.file.pythonVersion);
    });
  });
