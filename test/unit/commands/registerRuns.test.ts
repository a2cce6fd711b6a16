import assert from 'node:assert/strict';
import { Registrations } from '../../../src/app/register';
import { registerRuns } from '../../../src/commands/registerRuns';
import { UserError } from '../../../src/domain/errors';
import type { NewModelVersion, Registry } from '../../../src/domain/ports';
import type { Ref } from '../../../src/domain/ref';
import { type Answer, ScriptedUi } from '../../host/scriptedUi';
import { SampleStore } from '../app/sampleStore';

describe('Registering the models of several runs', () => {
  /** Called before each version is made; may throw. */
  let before: (wanted: NewModelVersion) => void = () => undefined;
  let sample: SampleStore;

  beforeEach(() => {
    before = () => undefined;
    sample = new SampleStore(withHook);
  });
  afterEach(() => sample.dispose());

  function withHook(registry: Registry): Registry {
    const { models } = registry;
    const createVersion: typeof models.createVersion = (wanted, signal) => {
      before(wanted);
      return models.createVersion(wanted, signal);
    };
    // The copy of the database alone does not say where its artifacts lie.
    const artifacts = { ...registry.artifacts, list: () => Promise.resolve([]) };
    return { ...registry, artifacts, models: { ...models, createVersion } };
  }

  async function runsWithModels(count: number): Promise<Ref[]> {
    const found: Ref[] = [];
    for (const run of await sample.runs(20)) {
      const offered = await new Registrations(sample.registries).candidates(run);
      if (offered.length > 0 && found.length < count) found.push(run);
    }
    assert.equal(found.length, count);
    return found;
  }

  async function registered(): Promise<(string | undefined)[]> {
    const { items } = await sample.other.models.versions({ name: 'all', maxResults: 100 });
    return items.map(({ runId }) => runId).reverse();
  }

  const register = (ui: ScriptedUi, runs: readonly Ref[]): Promise<void> =>
    registerRuns(sample.registries, new Registrations(sample.registries), ui, runs);
  const scripted = (...answers: readonly Answer[]): ScriptedUi => new ScriptedUi('New model…', 'all', ...answers);

  it('numbers them in the order of the runs', async () => {
    const runs = await runsWithModels(3);
    const ui = scripted(true);
    await register(ui, runs);
    assert.deepEqual(
      await registered(),
      runs.map(({ id }) => id),
    );
    assert.equal(ui.said.at(-1), '3 versions of all are registered');
  });

  it('tells of the one that failed and how many are done, and goes on with the others', async () => {
    const runs = await runsWithModels(3);
    before = ({ runId }) => {
      if (runId === runs[1]?.id) throw new UserError('unreachable', 'It did not answer.');
    };
    await assert.rejects(register(scripted(true), runs), {
      kind: 'unreachable',
      message: /^2 of 3 are done\. Not done: .+: It did not answer\.$/,
    });
    assert.deepEqual(await registered(), [runs[0]?.id, runs[2]?.id]);
  });

  it('says how many are done where it was stopped', async () => {
    const runs = await runsWithModels(3);
    const ui = scripted(true);
    before = ({ runId }) => {
      if (runId === runs[1]?.id) ui.cancel();
    };
    await assert.rejects(register(ui, runs), /^UserError: Stopped: [12] of 3 are done/);
  });

  it('asks nothing more where it was stopped while it looked for models', async () => {
    const runs = await runsWithModels(2);
    const ui = new ScriptedUi();
    const candidates = new Registrations(sample.registries);
    candidates.candidates = () => {
      ui.cancel();
      return Promise.resolve([]);
    };
    await registerRuns(sample.registries, candidates, ui, [...runs, ...runs, ...runs]);
    assert.deepEqual(ui.asked, []);
  });
});
