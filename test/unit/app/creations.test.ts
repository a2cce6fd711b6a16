import assert from 'node:assert/strict';
import { Creations } from '../../../src/app/creations';
import { Registrations } from '../../../src/app/register';
import { UserError } from '../../../src/domain/errors';
import { model, SampleStore, useSample } from './sampleStore';

describe('Making experiments and models', () => {
  const sample = useSample();
  const creations = (): Creations => new Creations(sample().registries);

  it('makes an experiment and reads it back', async () => {
    const wanted = { name: 'it\'s "new" ü', artifactLocation: 's3://bucket/new' };
    await creations().previewExperiment('r', wanted);
    const made = await creations().createExperiment('r', wanted);
    assert.deepEqual(
      [made.name, made.artifactLocation, made.lifecycleStage],
      [wanted.name, 's3://bucket/new', 'active'],
    );
    assert.deepEqual(sample().forgotten, [{ kind: 'experiment', registry: 'r', id: made.experimentId }]);
  });

  it('makes a model with its description', async () => {
    await creations().previewModel('r', { name: 'new' });
    assert.equal((await creations().createModel('r', { name: 'new', description: 'why' })).description, 'why');
  });

  it('says before it writes that a name is taken, also by what is deleted, or blank', async () => {
    const refused = (error: unknown): boolean => error instanceof UserError && error.kind === 'conflict';
    await assert.rejects(creations().previewExperiment('r', { name: 'wine-quality' }), refused);
    await assert.rejects(creations().previewModel('r', { name: model }), refused);
    const { id: experimentId } = await sample().experiment('wine-quality');
    await sample().other.experiments.delete({ experimentId });
    await assert.rejects(
      creations().previewExperiment('r', { name: 'wine-quality' }),
      /A deleted experiment bears the name/,
    );
    await assert.rejects(creations().previewModel('r', { name: ' ' }), /must not be blank/);
  });

  it('reads again also where what was written did not answer', async () => {
    const silent = (): Promise<never> => Promise.reject(new UserError('unreachable', 'No answer.'));
    const store = new SampleStore((registry) => ({
      ...registry,
      experiments: { ...registry.experiments, get: silent },
      models: { ...registry.models, create: silent, version: silent },
    }));
    try {
      const made = new Creations(store.registries);
      await assert.rejects(made.createExperiment('r', { name: 'new' }), { kind: 'unreachable' });
      await assert.rejects(made.createModel('r', { name: 'new' }), { kind: 'unreachable' });
      const version = { name: 'new', source: 's3://bucket/model' };
      const registering = new Registrations(store.registries).apply({ registry: 'r', version, newModel: true });
      await assert.rejects(registering, { kind: 'unreachable' });
      assert.deepEqual(
        store.forgotten.map((ref) => ref?.kind),
        ['experiment', 'model', 'version'],
      );
    } finally {
      store.dispose();
    }
  });
});
