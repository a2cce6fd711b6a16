import assert from 'node:assert/strict';
import { runCommand } from '../../../src/cli/commands';
import { parseOptions } from '../../../src/cli/options';
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
});
