import assert from 'node:assert/strict';
import type { Shown } from '../../src/domain/changes';
import { type BackendName, hasRegistry, type Opened } from './backends';
import { Followed, Trees } from './followed';
import { has, itWhere } from './mlflow';

/** In an order in which MLflow's client can make them. */
const deeds = (name: BackendName): readonly string[] => [
  'new run',
  'metric',
  'tag',
  'param',
  'artifact',
  ...(has('loggedModels') ? ['logged model', 'tag of logged model'] : []),
  'rename run',
  'end run',
  ...(has('aliases') ? ['alias'] : []),
  ...(hasRegistry(name) ? ['describe version', 'new version', 'delete version', 'new model'] : []),
  'new experiment',
  'rename experiment',
  'delete run',
];

/** @param asInWindow whether it is opened as the window does: seconds of a storm for that one */
export function changes(name: BackendName, of: () => Opened, asInWindow: boolean): void {
  let shown: Shown;
  let trees: Trees;
  const change = <T>(what: string, ...more: readonly unknown[]): Promise<T> => {
    const { backend, variant } = of();
    return backend.oracle.ask<T>('change', backend.uri, what, variant, ...more);
  };
  const stamp = (): Promise<string | undefined> => of().registry.changes.stamp(shown);
  const isServer = name === 'rest';

  before(async () => {
    const [experimentId, runId] = await change<[string, string]>('begin');
    const model = `seen-${of().variant}`;
    const versionsOf = hasRegistry(name) ? [model] : [];
    const folders = [{ root: { kind: 'run', runId }, path: '' }] as const;
    shown = {
      experimentIds: [experimentId],
      runs: [{ experimentId, runId }],
      models: versionsOf,
      expandedModels: versionsOf,
      loggedModelsOf: [experimentId],
      folders,
    };
    const scope = { registry: name, experimentId };
    trees = new Trees(of().registry, {
      ...{
        experiments: true,
        models: hasRegistry(name),
        runs: [scope, { ...scope, parentId: runId }],
        runIds: [runId],
      },
      ...{ loggedModelsOf: [experimentId], versionsOf, folders },
    });
    await trees.draw();
  });

  it('nothing is new while nothing is written, whatever is read meanwhile', async () => {
    const settled = await settledStamp(stamp);
    await of().registry.runs.get({ runId: shown.runs[0]!.runId });
    assert.equal(await stamp(), settled);
    assert.equal(settled === undefined, isServer, 'of a server only reading tells');
    assert.equal(await trees.isNew(!isServer), false);
  });

  itWhere(
    asInWindow,
    'a storm of metrics: every commit of the writer succeeds, and it is read one reading at a time',
    async () => {
      const followed = new Followed(trees);
      const storm = change<{ commits: number; last: number }>('storm', 3);
      const values: unknown[] = [];
      const stop = followed.follow(async () => values.push(await trees.metric('storm')));
      const { commits, last } = await storm;
      while ((await trees.metric('storm')) !== last) await followed.looked();
      stop();
      assert.ok(commits >= 8, `${commits} commits`);
      assert.equal(followed.mostAtOnce, 1);
      assert.ok(new Set(values).size > 1, 'it moved while it was written');
      // Each look reads each list once; how many there can be hangs on the pace alone.
      assert.ok(followed.looks <= followed.seconds / 0.7 + 2, `${followed.looks} looks in ${followed.seconds} s`);
    },
  );

  traces(of);

  for (const deed of deeds(name)) {
    it(`what MLflow’s client changes is told and is new, once: ${deed}`, async () => {
      const before = await settledStamp(stamp);
      const id = await change<string>(deed);
      if (!isServer) assert.notEqual(await stamp(), before);
      assert.equal(await trees.isNew(!isServer), true);
      assert.equal(await trees.isNew(!isServer), false);
      // A list that is read again shows it from here on.
      if (deed === 'new experiment') shown = { ...shown, experimentIds: [...shown.experimentIds, id] };
    });
  }
}

/** Apart from what is followed: an experiment that holds no run. */
function traces(of: () => Opened): void {
  itWhere(has('traces'), 'an experiment that holds only traces is told from one that holds nothing', async () => {
    const { backend, variant, registry } = of();
    const ids = await backend.oracle.ask<string[]>('change', backend.uri, 'trace', variant);
    const found = ids.map((experimentId) => registry.experiments.holdsTraces({ experimentId }));
    assert.deepEqual(await Promise.all(found), [true, false]);
  });
}

/** A file that was written a moment ago may be written again without another time: the stamp waits until it is sure. */
async function settledStamp(stamp: () => Promise<string | undefined>): Promise<string | undefined> {
  let last = await stamp();
  for (let next = await stamp(); next !== last; next = await stamp()) last = next;
  return last;
}
