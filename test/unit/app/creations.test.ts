import assert from 'node:assert/strict';
import { Creations } from '../../../src/app/creations';
import { UserError } from '../../../src/domain/errors';
import { model, useSample } from './sampleStore';

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
});
