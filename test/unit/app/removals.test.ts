import assert from 'node:assert/strict';
import { Removals } from '../../../src/app/removals';
import { UserError } from '../../../src/domain/errors';
import type { Ref } from '../../../src/domain/ref';
import { model, useSample } from './sampleStore';

describe('Deleting models and versions', () => {
  const sample = useSample();
  const removals = (): Removals => new Removals(sample().registries);
  const whole: Ref = { kind: 'model', registry: 'r', id: model };

  it('names what has to be typed and what goes', async () => {
    await sample().other.models.deleteAlias({ name: model, alias: 'champion' });
    await sample().other.models.deleteAlias({ name: model, alias: 'challenger' });
    const preview = await removals().preview(whole);
    assert.deepEqual([preview.name, preview.versions], [model, ['5', '4', '3', '2', '1']]);
    await removals().apply(preview);
    await assert.rejects(sample().other.models.get({ name: model }), isKind('notFound'));
    assert.deepEqual(sample().forgotten, [whole]);
  });

  it('refuses while an alias holds any of it, and offers to delete the alias', async () => {
    for (const [ref, version] of [
      [whole, '4'],
      [sample().version('3'), '3'],
    ] as const) {
      await assert.rejects(removals().preview(ref), (error) => {
        assert.ok(error instanceof UserError && error.kind === 'conflict');
        assert.match(error.text, new RegExp(`holds v${version}: .* is not deleted while it is in use`));
        assert.deepEqual(error.command?.args, [sample().version(version)]);
        return true;
      });
    }
  });

  it('refuses where an alias was set, or a version made, while one looked', async () => {
    const preview = await removals().preview(sample().version('2'));
    assert.equal(preview.name, `${model} v2`);
    await sample().other.models.setAlias({ name: model, alias: 'canary', version: '2' });
    await assert.rejects(removals().apply(preview), isKind('conflict'));
    for (const alias of ['canary', 'champion', 'challenger'])
      await sample().other.models.deleteAlias({ name: model, alias });
    const all = await removals().preview(whole);
    await sample().other.models.createVersion({ name: model, source: 's3://bucket/model' });
    await assert.rejects(removals().apply(all), /not the ones that you were shown/);
    assert.equal((await sample().other.models.versions({ name: model, maxResults: 100 })).items.length, 6);
  });

  it('deletes one version and leaves the others', async () => {
    await removals().apply(await removals().preview(sample().version('2')));
    const { items } = await sample().other.models.versions({ name: model, maxResults: 100 });
    assert.deepEqual(
      items.map(({ version }) => version),
      ['5', '4', '3', '1'],
    );
  });
});

function isKind(kind: string): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.kind === kind;
}
