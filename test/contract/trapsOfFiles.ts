import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ArtifactRoot } from '../../src/domain/artifact';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import type { Backend } from './backends';
import { has, itWhere } from './mlflow';
import { correctedHistory, correctedRuns } from './differences';
import { kindOf, points, rows } from './values';

/** Stores that MLflow's client on this system does not make: copies of the one that it made, changed as files. */
export function trapsOfFiles(of: () => Backend): void {
  let copies = 0;
  const copied = (): { root: string; registry: Registry; run: string } => {
    const root = path.join(of().folder, `copy-${++copies}`, 'mlruns');
    cpSync(of().uri, root, { recursive: true });
    const run = path.dirname(filesBelow(root).find((file) => file.endsWith(`${of().reading.first}/meta.yaml`))!);
    return { root, run, registry: openLocal({ name: 'copy', trackingUri: root }, 'files') };
  };
  const change = (file: string, edit: (text: string) => string): void =>
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
  const ids = (): string[] => of().reading.experiments.active.map(([id]) => id);
  const allRuns = async (registry: Registry): Promise<unknown> =>
    rows((await registry.runs.search({ experimentIds: ids(), view: 'all', maxResults: 1000 })).table);

  it('trap 31: a run id that YAML 1.2 takes for a float stays text', async () => {
    const { registry, run } = copied();
    const runId = '123e4567890123456789012345678901';
    cpSync(run, path.join(path.dirname(run), runId), { recursive: true });
    change(path.join(path.dirname(run), runId, 'meta.yaml'), (text) => text.replaceAll(of().reading.first, runId));
    assert.equal((await registry.runs.get({ runId })).runId, runId);
  });

  it('trap 33: statuses are numbers in files', async () => {
    const { registry, run } = copied();
    for (const [number, status] of ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'].entries()) {
      change(path.join(run, 'meta.yaml'), (text) => text.replace(/^status: .*$/m, `status: ${number + 1}`));
      assert.equal((await registry.runs.get({ runId: of().reading.first })).status, status);
    }
  });

  itWhere(
    has('loggedModels'),
    'trap 34: a line with a dataset keeps its step, also where the name has blanks',
    async () => {
      const { registry, run } = copied();
      change(path.join(run, 'metrics', 'on data'), (text) => text.replace('bees', 'many bees'));
      const [history] = await registry.runs.histories({ runIds: [of().reading.first], key: 'on data' });
      assert.deepEqual(points(history!), correctedHistory('files', 'on data', of().reading.histories['on data']!));
    },
  );

  it('trap 35: the order of a file is not that of the steps', async () => {
    const [history] = await copied().registry.runs.histories({ runIds: [of().reading.first], key: 'val/loss' });
    assert.deepEqual([...history!.steps], [3, 1, 2, -5, 3, 3]);
  });

  itWhere(has('loggedModels'), 'trap 37: a finalised logged model has no lifecycle_stage and is active', async () => {
    const { registry, root } = copied();
    const modelId = of().reading.loggedModels[0]![0];
    const meta = filesBelow(root).find((file) => file.endsWith(`${modelId}/meta.yaml`))!;
    assert.doesNotMatch(readFileSync(meta, 'utf8'), /lifecycle_stage/);
    assert.equal((await registry.loggedModels.get({ modelId })).modelId, modelId);
  });

  itWhere(has('fileRegistry'), 'trap 38: aliases are their files, not the map in meta.yaml', async () => {
    const { registry, root } = copied();
    rmSync(path.join(root, 'models', 'tumour', 'aliases', 'champion'));
    writeFileSync(path.join(root, 'models', 'tumour', 'aliases', 'lost'), '3');
    const { aliases } = await registry.models.get({ name: 'tumour' });
    assert.deepEqual(aliases, [
      { alias: 'best-so_far', version: '2' },
      { alias: 'lost', version: '3' },
    ]);
    assert.equal(await kindOf(registry.models.version({ name: 'tumour', version: '3' })), 'notFound');
  });

  it('trap 40: finds the artifacts of a moved store where they lie now', async () => {
    const { registry, root } = copied();
    for (const file of filesBelow(root).filter((name) => name.endsWith('meta.yaml')))
      change(file, (text) => text.replaceAll(of().uri, '/gone/mlruns'));
    const read = async (artifacts: ArtifactRoot, name: string): Promise<string> => {
      const { bytes } = await registry.artifacts.read({ root: artifacts, path: name, maxBytes: 100 });
      return Buffer.from(bytes).toString();
    };
    assert.equal(await read({ kind: 'run', runId: of().reading.first }, 'a.txt'), 'first');
    if (has('fileRegistry'))
      assert.equal(await read({ kind: 'version', name: 'net', version: '2' }, 'b 1+1 & c.txt'), 'second');
    for (const [modelId] of of().reading.loggedModels) {
      assert.equal(await read({ kind: 'loggedModel', modelId }, 'MLmodel'), 'flavors: {}\n');
      assert.equal(await read({ kind: 'version', name: 'net', version: '1' }, 'MLmodel'), 'flavors: {}\n');
    }
  });

  it('trap 41: artifacts alone are no store, and the database beside them is named', async () => {
    const { registry, root } = copied();
    rmSync(root, { recursive: true });
    mkdirSync(path.join(root, '1', 'a'.repeat(32), 'artifacts'), { recursive: true });
    writeFileSync(path.join(root, '..', 'mlflow.db'), '');
    await assert.rejects(registry.describe({}), { kind: 'invalid', next: /mlflow\.db/ });
  });

  itWhere(
    has('fileRegistry'),
    'trap 42: writing leaves no file behind that could be read as a tag or alias',
    async () => {
      const { registry, root } = copied();
      await registry.models.setAlias({ name: 'tumour', alias: 'prod', version: '1' });
      const files = filesBelow(path.join(root, 'models')).map((file) => path.basename(file));
      assert.ok(files.includes('prod') && !files.some((name) => name.endsWith('.tmp')));
    },
  );

  it('trap 43: reads what Windows writes, with CRLF', async () => {
    const { registry, root } = copied();
    const windows = filesBelow(root).filter((file) => file.endsWith('meta.yaml') || file.includes('/metrics/'));
    for (const file of windows) change(file, (text) => text.replaceAll('\n', '\r\n'));
    assert.deepEqual(await allRuns(registry), correctedRuns('files', of().reading.runs.all));
  });

  itWhere(has('datasets'), 'trap 44: an input whose destination is its source again is found', async () => {
    const { registry, run } = copied();
    const [input] = readdirSync(path.join(run, 'inputs'));
    assert.doesNotMatch(
      readFileSync(path.join(run, 'inputs', input!, 'meta.yaml'), 'utf8'),
      new RegExp(`destination_id: ${of().reading.first}`),
    );
    const { datasetInputs } = await registry.runs.get({ runId: of().reading.first });
    assert.deepEqual(datasetInputs.map(({ dataset: { name, digest } }) => [name, digest]).sort(), [
      ['bees', '1e5'],
      ['wasps', '0b11'],
    ]);
  });

  it('trap 45: waits for a meta.yaml that is empty because it is being written', async () => {
    const { registry, run } = copied();
    const file = path.join(run, 'meta.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, '');
    const reading = registry.runs.get({ runId: of().reading.first });
    setTimeout(() => writeFileSync(file, text), 50);
    assert.equal((await reading).runName, 'every kind of value');
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
