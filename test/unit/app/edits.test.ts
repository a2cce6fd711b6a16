import assert from 'node:assert/strict';
import { type Edit, Edits } from '../../../src/app/edits';
import type { Field } from '../../../src/app/field';
import { UserError } from '../../../src/domain/errors';
import { valueOf } from '../../../src/domain/experiment';
import type { Registry } from '../../../src/domain/ports';
import type { Ref } from '../../../src/domain/ref';
import { noteTag } from '../../../src/domain/run';
import { model, SampleStore, useSample } from './sampleStore';

const now = 1_800_000_000_000;
const tag = { kind: 'tag', key: 'owner' } as const;

describe('Editing one field', () => {
  const sample = useSample();
  const edits = (): Edits => new Edits(sample().registries, () => now);
  const things: readonly [string, () => Promise<Ref>][] = [
    ['run', () => sample().run()],
    ['experiment', () => sample().experiment()],
    ['model', () => Promise.resolve({ kind: 'model', registry: 'r', id: model } as const)],
    ['version', () => Promise.resolve(sample().version('3'))],
  ];

  async function edit(ref: Ref, field: Field, to: string | undefined): Promise<Edit> {
    return edits().apply(await edits().preview({ ref, field, to }));
  }

  for (const [kind, of] of things) {
    it(`of a ${kind}: a description of several lines and a tag, read back and shown again`, async () => {
      const ref = await of();
      const { from, name } = await edit(ref, { kind: 'description' }, 'first\n\nsecond: "ü"');
      assert.ok(from && name, 'the sample describes it');
      assert.equal((await edits().current(ref, { kind: 'description' })).value, 'first\n\nsecond: "ü"');
      assert.equal((await edit(ref, tag, 'ada')).from, undefined);
      assert.equal((await edit(ref, tag, 'ben')).from, 'ada');
      assert.deepEqual(sample().forgotten, [ref, ref, ref]);
    });
  }

  for (const [kind, of] of things) {
    it(`deletes a tag of a ${kind}`, async () => {
      const ref = await of();
      await edit(ref, tag, 'ada');
      await edit(ref, tag, undefined);
      assert.equal((await edits().current(ref, tag)).value, undefined);
    });
  }

  it('replaces what was seen, and nothing that was changed since', async () => {
    const ref = await sample().run();
    const field = { kind: 'description' } as const;
    const { value: from = '' } = await edits().current(ref, field);
    await edits().replace({ ref, field, from, to: 'mine' });
    await assert.rejects(edits().replace({ ref, field, from, to: 'yours' }), isConflict(/was changed to 'mine'/));
    assert.equal((await edits().current(ref, field)).value, 'mine');
  });

  it('renames runs, experiments and models, and shows a model under its new name', async () => {
    const name = { kind: 'name' } as const;
    const run = await sample().run();
    await edit(run, name, 'brisk');
    await edit(await sample().experiment(), name, 'screening');
    await assert.rejects(edits().preview({ ref: run, field: name, to: ' ' }), /must not be blank/);
    await assert.rejects(
      edits().preview({ ref: sample().version('3'), field: name, to: 'x' }),
      /cannot change the name/,
    );
    const taken = { ref: await sample().experiment('wine-quality'), field: name, to: 'digits-reader' };
    await assert.rejects(edits().preview(taken), isConflict(/There is an experiment 'digits-reader' already/));
    await edit({ kind: 'model', registry: 'r', id: model }, name, 'renamed');
    assert.equal((await sample().other.runs.get({ runId: run.id })).runName, 'brisk');
    assert.equal((await sample().other.models.get({ name: 'renamed' })).aliases.length, 2);
    assert.deepEqual(sample().forgotten.at(-1), { kind: 'model', registry: 'r', id: 'renamed' });
  });

  it('ends a run that is running, at the time of the clock, and no other', async () => {
    const run = await sample().run();
    const status = { kind: 'status' } as const;
    await assert.rejects(edits().preview({ ref: run, field: status, to: 'FAILED' }), /ended already.*FINISHED/);
    await sample().other.runs.update({ runId: run.id, status: 'RUNNING' });
    await edit(run, status, 'FAILED');
    const { status: ended, endTime } = await sample().other.runs.get({ runId: run.id });
    assert.deepEqual([ended, endTime], ['FAILED', now]);
  });

  it('deletes and restores; nothing else is written to what is deleted', async () => {
    const [run, experiment] = [await sample().run(), await sample().experiment('wine-quality')];
    const lifecycle = { kind: 'lifecycle' } as const;
    for (const ref of [run, experiment]) {
      await edit(ref, lifecycle, 'deleted');
      await assert.rejects(edits().preview({ ref, field: tag, to: 'x' }), /is deleted: nothing can be written to it/);
      await edit(ref, lifecycle, 'active');
      await edit(ref, tag, 'x');
    }
  });
});

describe('An edit that meets another', () => {
  const sample = useSample();

  it('writes nothing where somebody changed it while one looked', async () => {
    const edits = new Edits(sample().registries, () => now);
    const run = await sample().run();
    const change = await edits.preview({ ref: run, field: tag, to: 'ada' });
    await sample().other.runs.setTag({ runId: run.id, key: 'owner', value: 'ben' });
    await assert.rejects(edits.apply(change), isConflict(/tag owner of .* was changed to 'ben' by someone else/));
    const removal = await edits.preview({ ref: run, field: tag, to: 'ada' });
    await sample().other.runs.deleteTag({ runId: run.id, key: 'owner' });
    await assert.rejects(edits.apply(removal), isConflict(/was removed by someone else/));
    assert.equal(valueOf((await sample().other.runs.get({ runId: run.id })).tags, 'owner'), undefined);
  });

  it('never says done for what does not read back', async () => {
    const deaf = (registry: Registry): Registry => ({
      ...registry,
      runs: { ...registry.runs, setTag: () => Promise.resolve() },
    });
    const store = new SampleStore(deaf);
    try {
      const edits = new Edits(store.registries, () => now);
      const change = await edits.preview({ ref: await store.run(), field: { kind: 'description' }, to: 'new' });
      await assert.rejects(edits.apply(change), isConflict(/was written, but now reads/));
      assert.equal(store.forgotten.length, 1, 'what was written is not known, so all is read again');
    } finally {
      store.dispose();
    }
  });

  it('refuses a read-only store with its own reason', async () => {
    const reason = 'The file is read-only.';
    const readOnly = (registry: Registry): Registry => ({
      ...registry,
      describe: async () => {
        const described = await registry.describe({});
        return { ...described, capabilities: { ...described.capabilities, write: false, readOnlyReason: reason } };
      },
    });
    const store = new SampleStore(readOnly);
    try {
      const edits = new Edits(store.registries, () => now);
      const request = { ref: await store.run(), field: tag, to: 'x' };
      await assert.rejects(edits.preview(request), (error) => error instanceof UserError && error.message === reason);
    } finally {
      store.dispose();
    }
  });
});

describe('Editing many things', () => {
  const sample = useSample();

  it('does what it can, and says what failed and why', async () => {
    const edits = new Edits(sample().registries, () => now);
    const runs = await sample().runs(3);
    const requests = [...runs, { kind: 'run', registry: 'r', id: 'gone' } as const].map((ref) => ({
      ref,
      field: tag,
      to: 'ada',
    }));
    const previews = await edits.previewAll(requests);
    assert.deepEqual([previews.done.length, previews.failed.map(({ item }) => item.ref.id)], [3, ['gone']]);
    await sample().other.runs.setTag({ runId: runs[1]!.id, key: 'owner', value: 'ben' });
    const reports: number[] = [];
    const settled = await edits.applyAll(previews.done, undefined, (finished) => reports.push(finished));
    assert.deepEqual([settled.done.length, settled.failed.length, settled.left], [2, 1, 0]);
    assert.ok(settled.failed[0]?.item.ref.id === runs[1]!.id && reports.includes(3));
    assert.deepEqual(sample().forgotten, [undefined], 'the views are told once');
  });

  it('begins nothing more after a cancel, and knows what is left', async () => {
    const edits = new Edits(sample().registries, () => now);
    const runs = await sample().runs(12);
    const stop = new AbortController();
    const previews = await edits.previewAll(
      runs.map((ref) => ({ ref, field: { kind: 'lifecycle' } as const, to: 'deleted' })),
    );
    const settled = await edits.applyAll(previews.done, stop.signal, () => stop.abort());
    assert.ok(settled.done.length >= 1 && settled.done.length < 10, String(settled.done.length));
    assert.deepEqual(settled.failed, []);
    assert.equal(settled.left, 12 - settled.done.length);
  });
});

describe('The note of a run', () => {
  const sample = useSample();

  it('is MLflow’s own tag', async () => {
    const run = await sample().run();
    const edits = new Edits(sample().registries, () => now);
    await edits.apply(await edits.preview({ ref: run, field: { kind: 'description' }, to: 'note' }));
    assert.equal(valueOf((await sample().other.runs.get({ runId: run.id })).tags, noteTag), 'note');
  });
});

function isConflict(sentence: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.kind === 'conflict' && sentence.test(error.message);
}
