import assert from 'node:assert/strict';
import { runCommand } from '../../../src/cli/commands';
import { parseOptions } from '../../../src/cli/options';
import { UserError } from '../../../src/domain/errors';
import { model, useSample } from '../app/sampleStore';

describe('Writing by the command line', () => {
  const sample = useSample();
  let said: string[] = [];
  beforeEach(() => (said = []));

  async function ringside(...argv: readonly string[]): Promise<Record<string, unknown>> {
    const { registries } = sample();
    const registry = registries.get('r');
    const { signal } = new AbortController();
    const say = (sentence: string): void => void said.push(sentence);
    const context = { registries, name: 'r', registry, options: parseOptions(argv), say, signal };
    return (await runCommand(context)) as Record<string, unknown>;
  }

  it('tells what a field was and is under MLflow’s names, and with --dry-run only tells it', async () => {
    const { id } = await sample().run();
    const answer = { run_id: id, field: 'tags.owner', from: null, to: 'ada' };
    assert.deepEqual(await ringside('tag', 'set', 'run', id, 'owner', 'ada', '--dry-run'), answer);
    assert.deepEqual(await ringside('tag', 'set', 'run', id, 'owner', 'ada'), answer);
    assert.deepEqual(await ringside('rename', 'experiment', 'wine-quality', 'wine'), {
      experiment_id: '2',
      field: 'name',
      from: 'wine-quality',
      to: 'wine',
    });
    const { field, from } = await ringside('describe', 'version', model, '4', 'better');
    assert.deepEqual([field, typeof from], ['description', 'string']);
    assert.deepEqual(said, []);
  });

  it('is done, with a remark, where there is nothing to do', async () => {
    const { id } = await sample().run();
    assert.deepEqual((await ringside('tag', 'delete', 'run', id, 'nope'))['to'], null);
    assert.deepEqual(await ringside('alias', 'delete', model, 'nope'), { alias: 'nope', from: null, to: null });
    await ringside('restore', 'run', id);
    assert.deepEqual(said, [
      'It is not there: nothing to delete.',
      '@nope is not there: nothing to delete.',
      'It is so already.',
    ]);
  });

  it('logs a batch and answers with what it logged', async () => {
    const { id } = await sample().run();
    const logged = await ringside(
      'log',
      id,
      '--metric',
      'loss=0.5@3',
      '--metric',
      'loss=nan@4',
      '--param',
      'a=b=c',
      '--tag',
      'why=',
    );
    const metrics = logged['metrics'] as { key: string; value: unknown; step: number }[];
    assert.deepEqual(
      metrics.map(({ key, value, step }) => [key, value, step]),
      [
        ['loss', 0.5, 3],
        ['loss', 'NaN', 4],
      ],
    );
    assert.deepEqual(logged['params'], [{ key: 'a', value: 'b=c' }]);
    assert.deepEqual(logged['tags'], [{ key: 'why', value: '' }]);
    const run = await sample().other.runs.get({ runId: id });
    assert.ok(run.tags.some(({ key, value }) => key === 'why' && value === ''));
    for (const bad of ['x', '=1', 'a=', 'a=1@x', 'a=1@1.5'])
      await assert.rejects(ringside('log', id, '--metric', bad), isKind('invalid'), bad);
    await assert.rejects(ringside('log', id, '--tag', 'why'), isKind('invalid'));
    await assert.rejects(ringside('log', id), /at least one/);
  });

  it('deletes for good only what is named again', async () => {
    await assert.rejects(ringside('delete', 'version', model, '1'), /cannot be undone/);
    await assert.rejects(ringside('delete', 'version', model, '1', '--yes', model), isKind('invalid'));
    assert.deepEqual(await ringside('delete', 'version', model, '1', '--yes', `${model} v1`), {
      name: model,
      version: '1',
    });
    await assert.rejects(ringside('delete', 'model', model, '--yes', model), isKind('conflict'));
  });

  it('deletes and restores runs and experiments, ends runs, moves stages, makes things', async () => {
    const { id } = await sample().run();
    assert.equal((await ringside('delete', 'run', id))['to'], 'deleted');
    assert.equal((await ringside('delete', 'experiment', 'wine-quality'))['to'], 'deleted');
    assert.equal((await ringside('restore', 'experiment', 'wine-quality'))['to'], 'active');
    assert.equal((await ringside('restore', 'run', id))['to'], 'active');
    await sample().other.runs.update({ runId: id, status: 'RUNNING' });
    assert.deepEqual(await ringside('end', id), { run_id: id, field: 'status', from: 'RUNNING', to: 'FINISHED' });
    assert.deepEqual(await ringside('stage', model, '4', 'staging'), {
      name: model,
      version: '4',
      from: 'None',
      to: 'Staging',
      archived: [],
    });
    assert.equal((await ringside('create', 'experiment', 'new'))['lifecycle_stage'], 'active');
    assert.equal((await ringside('create', 'model', 'new', '--description', 'why'))['description'], 'why');
  });

  for (const argv of [
    ['tag', 'put', 'run', 'x', 'k', 'v'],
    ['tag', 'set', 'endpoint', 'x', 'k', 'v'],
    ['tag', 'set', 'run', 'x', 'k'],
    ['rename', 'version', 'm', 'x'],
    ['end', 'x', '--status', 'RUNNING'],
    ['create', 'thing', 'x'],
    ['delete', 'run'],
  ]) {
    it(`says how to call it for '${argv.join(' ')}'`, async () => {
      await assert.rejects(ringside(...argv), isKind('invalid'));
    });
  }
});

function isKind(kind: string): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.kind === kind && !error.message.includes('\n');
}
