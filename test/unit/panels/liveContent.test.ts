import assert from 'node:assert/strict';
import { UserError } from '../../../src/domain/errors';
import { LiveContent, shownOf } from '../../../src/panels/liveContent';

describe('What a page shows', () => {
  function page(value: { metric: number }) {
    let readings = 0;
    let told = 0;
    const content = new LiveContent(
      () => {
        readings++;
        return Promise.resolve({ ...value });
      },
      () => told++,
    );
    const give = () => content.give(new AbortController().signal);
    return { content, give, counts: () => ({ readings, told }) };
  }

  it('is told of only where it differs, and is not read a third time for that', async () => {
    const value = { metric: 1 };
    const { content, give, counts } = page(value);
    assert.equal(await content.refresh(), false, 'nothing is shown yet');
    await give();
    assert.equal(await content.refresh(), false);
    assert.deepEqual(counts(), { readings: 2, told: 0 });
    value.metric = 2;
    assert.equal(await content.refresh(), true);
    assert.deepEqual(await give(), { metric: 2 });
    assert.deepEqual(counts(), { readings: 3, told: 1 });
  });

  it('is read anew when it is asked for again, and when it was to be forgotten', async () => {
    const value = { metric: 1 };
    const { content, give } = page(value);
    await give();
    value.metric = 2;
    assert.deepEqual(await give(), { metric: 2 });
    value.metric = 3;
    await content.refresh();
    value.metric = 4;
    content.forget();
    assert.deepEqual(await give(), { metric: 4 });
  });

  it('is not what a reading found that was begun before it was to be forgotten', async () => {
    let selected = 'first';
    let finish: (() => void) | undefined;
    const content = new LiveContent(
      async () => {
        const reading = { selected };
        if (finish) await new Promise<void>((resolve) => (finish = resolve));
        return reading;
      },
      () => assert.fail('the page is told of what it shows no more'),
    );
    const give = () => content.give(new AbortController().signal);
    await give();
    selected = 'first, changed';
    finish = () => undefined;
    const refreshing = content.refresh();
    selected = 'second';
    content.forget();
    finish();
    assert.equal(await refreshing, false);
    finish = undefined;
    assert.deepEqual(await give(), { selected: 'second' });
  });

  it('is asked for again once where it was deleted for good, and anew when it is back', async () => {
    let failure: Error | undefined;
    let told = 0;
    const content = new LiveContent(
      () => (failure ? Promise.reject(failure) : Promise.resolve({ metric: 1 })),
      () => undefined,
      () => told++,
    );
    await content.give(new AbortController().signal);
    failure = new UserError('unreachable', 'No answer.');
    await assert.rejects(content.refresh(), { kind: 'unreachable' });
    assert.equal(told, 0);
    failure = new UserError('notFound', 'There is no run.');
    assert.equal(await content.refresh(), true);
    await assert.rejects(content.refresh(), { kind: 'notFound' });
    assert.equal(told, 1);
    failure = undefined;
    await content.refresh();
    failure = new UserError('notFound', 'There is no run.');
    await content.refresh();
    assert.equal(told, 2);
  });

  it('is of the registries of its items', () => {
    const run = { runId: 'a', experimentId: '1' };
    const items = [
      { ref: { kind: 'version', registry: 'r', id: 'm/4' }, run },
      { ref: { kind: 'run', registry: 's', id: 'b' }, run: { runId: 'b', experimentId: '1' } },
    ] as const;
    assert.deepEqual(shownOf('r', items), {
      experimentIds: [],
      runs: [{ experimentId: '1', runId: 'a' }],
      models: ['m'],
      expandedModels: ['m'],
      folders: [],
    });
    assert.equal(shownOf('elsewhere', items), undefined);
  });
});
