import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Registry } from '../../src/domain/ports';
import { type BackendName, hasRegistry, type Opened } from './backends';
import type { Json } from './oracle';

const seconds = 2;

/** ms between two of our writes: who asks without one keeps SQLite's lock from those who wait for it in steps. */
const pause = 20;

/** What MLflow did meanwhile: how often, and what it stumbled over. */
interface Meanwhile {
  readonly count: number;
  readonly errors: readonly string[];
}

/** MLflow's client and we work on one store at the same time; a server is but one more user of its store. */
export function concurrentWrites(name: BackendName, of: () => Opened): void {
  if (name === 'rest') return;
  /** Does our part over and over until MLflow has done its own; gives how often. */
  const until = async (theirs: Promise<Meanwhile>, ours: (turn: number) => Promise<void>): Promise<number> => {
    const done = new AbortController();
    const stop = (): void => done.abort();
    void theirs.then(stop, stop);
    let turn = 0;
    while (!done.signal.aborted) {
      await ours(turn++);
      await setTimeout(pause);
    }
    return turn;
  };
  const make = async (title: string): Promise<{ experimentId: string; runId: string }> => {
    const { registry, backend, variant } = of();
    const { experimentId } = await registry.experiments.create({ name: `${title} ${variant}` });
    const runId = await backend.oracle.ask<string>('make_run', backend.uri, experimentId, 'name 0');
    return { experimentId, runId };
  };

  it('both log to one run: no point is lost, nobody is refused', async () => {
    const { registry, backend } = of();
    const { runId } = await make('hammered');
    const hammering = backend.oracle.ask<Meanwhile>('hammer', backend.uri, runId, seconds);
    const ours = await until(hammering, (i) =>
      registry.runs.log({
        runId,
        metrics: [{ key: 'ours', value: i, step: i, timestamp: i }],
        params: [{ key: `p${i}`, value: 'x' }],
        tags: [{ key: 'ours', value: String(i) }],
      }),
    );
    const theirs = await hammering;
    assert.deepEqual(theirs.errors, []);
    assert.ok(theirs.count > 0 && ours > 0, `${theirs.count} of theirs, ${ours} of ours`);
    const points = (key: string): Promise<unknown[]> => backend.oracle.ask('points', backend.uri, runId, key);
    assert.deepEqual([(await points('theirs')).length, (await points('ours')).length], [theirs.count, ours]);
    const run = await backend.oracle.ask<{ metrics: Json; params: Json; tags: Json }>('run', backend.uri, runId);
    assert.deepEqual(run.metrics, { theirs: theirs.count - 1, ours: ours - 1 });
    assert.deepEqual([run.tags['theirs'], run.tags['ours']], [String(theirs.count - 1), String(ours - 1)]);
    assert.equal(Object.keys(run.params).length, ours);
  });

  // SQLite’s transactions see to it themselves.
  if (name !== 'files') return;
  it('MLflow reads while we write: it meets nothing half-written', async () => {
    const { registry, backend, variant } = of();
    const { experimentId, runId } = await make('watched');
    const model = hasRegistry(name) ? `watched ${variant}` : undefined;
    await write(registry, { experimentId, runId, model, variant }, 0);
    const watching = backend.oracle.ask<Meanwhile>('watch', backend.uri, experimentId, runId, model, seconds);
    const ours = await until(watching, (i) => write(registry, { experimentId, runId, model, variant }, i));
    const theirs = await watching;
    assert.deepEqual(theirs.errors, []);
    assert.ok(theirs.count > 0 && ours > 0, `${theirs.count} of theirs, ${ours} of ours`);
  });
}

interface Written {
  readonly experimentId: string;
  readonly runId: string;
  readonly model: string | undefined;
  readonly variant: string;
}

/** One change of each kind, of a length that differs from turn to turn. */
async function write(registry: Registry, { experimentId, runId, model, variant }: Written, i: number): Promise<void> {
  const { experiments, models, runs } = registry;
  const text = `n${'x'.repeat(5000 * (i % 2))}.`;
  await runs.update({ runId, name: `name ${i}` });
  await runs.setTag({ runId, key: 'note', value: text });
  await runs.update({ runId, status: i % 2 ? 'RUNNING' : 'FINISHED', endTime: i });
  await runs.log({ runId, metrics: [{ key: 'm', value: i, step: i, timestamp: i }], params: [], tags: [] });
  await experiments.rename({ experimentId, name: `watched ${variant} ${'x'.repeat(i % 100)}` });
  await experiments.setTag({ experimentId, key: 'note', value: text });
  // One more version in ten turns: each is read by MLflow in each of its own.
  if (model !== undefined && i % 10 === 0) {
    await models.createVersion({ name: model, source: 's3://b/x', newModel: true, tags: [{ key: 'a', value: text }] });
  }
  if (model !== undefined) {
    await models.setDescription({ name: model, description: text });
    await models.setVersionDescription({ name: model, version: '1', description: text });
    await models.setTag({ name: model, key: 'a', value: text });
    await models.setStage({ name: model, version: '1', stage: i % 2 ? 'Staging' : 'None', archiveExisting: false });
  }
}
