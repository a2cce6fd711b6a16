import assert from 'node:assert/strict';
import { Stages } from '../../../src/app/stages';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';
import { model, SampleStore, useSample } from './sampleStore';

describe('Moving a version between stages', () => {
  const sample = useSample();
  const stages = (): Stages => new Stages(sample().registries);
  const stageOf = async (version: string): Promise<string> =>
    (await sample().other.models.version({ name: model, version })).stage;

  it('shows who stands there, and archives them where that is wanted', async () => {
    await stages().apply(await stages().preview(sample().version('2'), 'production', false));
    const move = await stages().preview(sample().version('4'), 'Production', true);
    assert.deepEqual([move.from, move.to, move.others], ['None', 'Production', ['2']]);
    await stages().apply(move);
    assert.deepEqual([await stageOf('2'), await stageOf('4')], ['Archived', 'Production']);
    const kept = await stages().preview(sample().version('5'), 'Production', false);
    await stages().apply(kept);
    assert.deepEqual([await stageOf('4'), await stageOf('5')], ['Production', 'Production']);
  });

  it('writes nothing where stages were moved while one looked', async () => {
    const move = await stages().preview(sample().version('4'), 'Production', true);
    await sample().other.models.setStage({ name: model, version: '1', stage: 'Production', archiveExisting: false });
    await assert.rejects(stages().apply(move), (error) => error instanceof UserError && error.kind === 'conflict');
    assert.equal(await stageOf('4'), 'None');
  });

  it('refuses words that are no stage, archiving for other stages, and registries without stages', async () => {
    await assert.rejects(stages().preview(sample().version('4'), 'Prod', false), /'Prod' is not a stage\.$/);
    await assert.rejects(
      stages().preview(sample().version('4'), 'None', true),
      /Only versions in Staging or Production/,
    );
    const without = new SampleStore((registry: Registry) => ({
      ...registry,
      describe: async () => {
        const described = await registry.describe({});
        return { ...described, capabilities: { ...described.capabilities, stages: false } };
      },
    }));
    try {
      await assert.rejects(
        new Stages(without.registries).preview(without.version('4'), 'None', false),
        /has no stages/,
      );
    } finally {
      without.dispose();
    }
  });
});
