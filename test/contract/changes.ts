import assert from 'node:assert/strict';
import type { Shown } from '../../src/domain/changes';
import { type BackendName, hasRegistry, type Opened } from './backends';
import { has } from './mlflow';

/** In an order in which MLflow's client can make them. */
const deeds = (name: BackendName): readonly string[] => [
  'new run',
  'metric',
  'tag',
  'param',
  'artifact',
  'rename run',
  'end run',
  ...(has('aliases') ? ['alias'] : []),
  ...(hasRegistry(name) ? ['describe version', 'new version', 'delete version', 'new model'] : []),
  'new experiment',
  'rename experiment',
  'delete run',
];

export function changes(name: BackendName, of: () => Opened): void {
  let shown: Shown;
  const change = <T>(what: string): Promise<T> => {
    const { backend, variant } = of();
    return backend.oracle.ask<T>('change', backend.uri, what, variant);
  };
  const stamp = (): Promise<string | undefined> => of().registry.changes.stamp(shown);

  before(async () => {
    const [experimentId, runId] = await change<[string, string]>('begin');
    const model = `seen-${of().variant}`;
    shown = {
      experimentIds: [experimentId],
      runs: [{ experimentId, runId }],
      models: [model],
      expandedModels: [model],
      folders: [{ root: { kind: 'run', runId }, path: '' }],
    };
  });

  if (name === 'rest') {
    it('a server has no stamp: only reading tells', async () => {
      assert.equal(await stamp(), undefined);
    });
    return;
  }

  it('the stamp stays while nothing is written, whatever is read meanwhile', async () => {
    const settled = await settledStamp(stamp);
    await of().registry.runs.get({ runId: shown.runs[0]!.runId });
    assert.equal(await stamp(), settled);
  });

  for (const deed of deeds(name)) {
    it(`the stamp moves by a change of MLflow’s client: ${deed}`, async () => {
      const before = await settledStamp(stamp);
      const id = await change<string>(deed);
      assert.notEqual(await stamp(), before);
      // A list that is read again shows it from here on.
      if (deed === 'new experiment') shown = { ...shown, experimentIds: [...shown.experimentIds, id] };
    });
  }
}

/** A file that was written a moment ago may be written again without another time: the stamp waits until it is sure. */
async function settledStamp(stamp: () => Promise<string | undefined>): Promise<string | undefined> {
  let last = await stamp();
  for (let next = await stamp(); next !== last; next = await stamp()) last = next;
  return last;
}
