import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { ServeRequest } from '../../src/domain/target';
import { LocalTarget } from '../../src/serving/local/localTarget';
import { Pythons } from '../../src/serving/local/python';
import { python } from './mlflow';

const example = 'serving_input_example.json';
const sample = path.resolve('media/sample');
const [anyExample] = readdirSync(sample, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith(example),
);
const model = path.join(sample, path.dirname(anyExample ?? ''));
const input = readFileSync(path.join(model, example), 'utf8');

describe('MLflow’s scoring server', function () {
  this.timeout(120_000);
  const storageDir = mkdtempSync(path.join(tmpdir(), 'ringside-serving-'));
  const options = { storageDir, startTimeout: () => 100_000 };
  const target = new LocalTarget(options);
  let request: ServeRequest;

  before(async () => {
    const found = await new Pythons().probe(python);
    assert.equal(found.direct, true);
    request = { registry: 'r', modelName: 'm', version: '1', model: { path: model }, python: found };
  });

  after(async () => {
    for (const { id } of await target.list()) await target.stop(id);
    rmSync(storageDir, { recursive: true, force: true });
  });

  describe('that a window has left behind', () => {
    const only = async () => {
      const [endpoint, ...others] = await target.list();
      assert.ok(endpoint && others.length === 0);
      return endpoint;
    };

    before(() => {
      const outfile = path.join(storageDir, 'localTarget.js');
      buildSync({ entryPoints: ['src/serving/local/localTarget.ts'], bundle: true, platform: 'node', outfile });
      const window = `
        const { LocalTarget } = require(${JSON.stringify(outfile)});
        const target = new LocalTarget({ storageDir: ${JSON.stringify(storageDir)}, startTimeout: () => 100_000 });
        target.start(${JSON.stringify(request)}, () => {}).then(() => process.exit());`;
      execFileSync(process.execPath, ['-e', window], { stdio: 'inherit' });
    });

    it('serves on, and another window finds it', async () => {
      const { state, modelName, version } = await only();
      assert.deepEqual([state, modelName, version], ['serving', 'm', '1']);
    });

    it('trap 55: is there by its status, whatever the body of /ping says', async () => {
      const ping = await fetch(`${(await only()).url}/ping`);
      assert.equal(ping.headers.get('content-type'), 'application/json');
      assert.equal((await ping.text()).trim(), '');
    });

    it('traps 56 and 57: refuses what is not sent as JSON; ours is', async () => {
      const { id, url } = await only();
      const body = new TextEncoder().encode(input);
      assert.equal((await fetch(`${url}/invocations`, { method: 'POST', body })).status, 500);
      const headers = { 'content-type': 'text/plain' };
      assert.equal((await fetch(`${url}/invocations`, { method: 'POST', body, headers })).status, 415);
      const { status, body: answer, latencyMs } = await target.invoke(id, input);
      assert.equal(status, 200);
      assert.ok(Array.isArray((JSON.parse(answer) as { predictions?: unknown }).predictions));
      assert.ok(latencyMs > 0);
    });

    it('trap 58: what it says of an input with two keys is handed on', async () => {
      const both = JSON.stringify({ ...(JSON.parse(input) as object), inputs: [[1]], instances: [[1]] });
      const { status, body } = await target.invoke((await only()).id, both);
      assert.equal(status, 400);
      assert.match(body, /exactly one of/);
    });

    it('is ended by whoever found it', async () => {
      const { id, url, logFile } = await only();
      await target.stop(id);
      await assert.rejects(fetch(`${url}/ping`));
      await target.remove(id);
      assert.deepEqual([await target.list(), existsSync(logFile)], [[], false]);
    });
  });

  it('is started by `mlflow models serve` where its app is not there to be run', async () => {
    const started = await target.start({ ...request, python: { ...request.python, direct: false } }, () => undefined);
    assert.equal((await target.invoke(started.id, input)).status, 200);
    await target.stop(started.id);
    await assert.rejects(fetch(`${started.url}/ping`));
    await target.remove(started.id);
  });
});

it('a Python is asked once for its MLflow, and again when that is another one', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-pythons-'));
  const [asked, counting, moved] = ['asked', 'python', 'mlflow'].map((name) => path.join(folder, name));
  const own = "import mlflow; print(mlflow.__path__[0], end='')";
  symlinkSync(execFileSync(python, ['-c', own], { encoding: 'utf8' }), moved!);
  const script = `#!/bin/sh\necho >> '${asked}'\nPYTHONPATH='${folder}' exec '${python}' "$@"\n`;
  writeFileSync(counting!, script, { mode: 0o755 });
  const pythons = new Pythons();
  const first = await pythons.probe(counting!);
  assert.deepEqual([await pythons.probe(counting!), readFileSync(asked!, 'utf8')], [first, '\n']);
  rmSync(moved!);
  assert.deepEqual([await pythons.probe(counting!), readFileSync(asked!, 'utf8')], [first, '\n\n']);
  rmSync(folder, { recursive: true });
});
