import assert from 'node:assert/strict';
import { lastingWork } from '../../../src/commands/lastingWork';

describe('lastingWork', () => {
  it('shows nothing of what is done soon, and gives what it gives', async () => {
    const show = (): never => assert.fail('shown');
    assert.equal(await lastingWork(Promise.resolve(7), show, 60_000), 7);
    await assert.rejects(lastingWork(Promise.reject(new Error('refused')), show, 60_000), /refused/);
  });

  it('shows what lasts until it ends', async () => {
    let end: (value: number) => void = () => undefined;
    const work = new Promise<number>((resolve) => (end = resolve));
    let shown = 0;
    const show = (shownWork: Promise<number>): Promise<number> => {
      shown += 1;
      end(7);
      return shownWork;
    };
    assert.equal(await lastingWork(work, show, 1), 7);
    assert.equal(shown, 1);
  });
});
