import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegistrySet } from '../../../src/app/registrySet';
import { runCommand } from '../../../src/cli/commands';
import { parseOptions } from '../../../src/cli/options';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';
import { useSample } from '../app/sampleStore';

describe('Runs on the command line', () => {
  const sample = useSample();

  async function runs(
    filter: string,
  ): Promise<{ readonly names: readonly string[]; readonly said: readonly string[] }> {
    const { registries } = sample();
    const registry = registries.get('r');
    const said: string[] = [];
    const answer = await runCommand({
      ...{ registries, name: 'r', registry, signal: new AbortController().signal },
      options: parseOptions(['runs', 'wine-quality', '--filter', filter]),
      say: (sentence) => void said.push(sentence),
    });
    return { names: (answer as { run_name: string }[]).map((run) => run.run_name).sort(), said };
  }

  it('a filter beyond MLflow is evaluated, and a remark says so', async () => {
    const { names } = await runs('');
    const [first = '', last = ''] = [names[0], names.at(-1)];
    const found = await runs(`run_name = '${first}' OR run_name = '${last}'`);
    assert.deepEqual([...new Set(found.names)], [first, last]);
    assert.deepEqual(found.said, ['Ringside evaluated this filter itself: MLflow has no OR.']);
    assert.deepEqual((await runs(`run_name = '${first}'`)).said, []);
  });

  it('what a list lacks is said beside it: a run whose meta.yaml is damaged', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'ringside-cli-'));
    try {
      const meta = 'artifact_location: a\nexperiment_id: "1"\nlifecycle_stage: active\nname: one\n';
      for (const [place, text] of [
        ['1', meta],
        ['2', 'name: [cut'],
        [path.join('1', 'f'.repeat(32)), 'run_id: [cut'],
      ] as const) {
        mkdirSync(path.join(root, place), { recursive: true });
        writeFileSync(path.join(root, place, 'meta.yaml'), text);
      }
      const registries = new RegistrySet((one) => openRegistry(one, { local: openLocal }), Date.now);
      registries.setConnections([{ name: 'f', trackingUri: root }]);
      for (const [argv, lacking] of [
        [['experiments'], path.join(root, '2')],
        [['runs', 'one'], path.join(root, '1', 'f'.repeat(32))],
      ] as const) {
        const said: string[] = [];
        const registry = registries.get('f');
        const context = {
          registries,
          name: 'f',
          registry,
          options: parseOptions(argv),
          signal: new AbortController().signal,
        };
        await runCommand({ ...context, say: (sentence) => void said.push(sentence) });
        assert.deepEqual(said, [`"${lacking}" is missing here: its meta.yaml is missing or damaged.`]);
      }
      registries.dispose();
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
