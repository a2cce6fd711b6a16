import assert from 'node:assert/strict';
import { counted, lastingWork } from '../../../src/commands/lastingWork';
import { addWork, countDone, newWorkCount } from '../../../src/domain/workCount';

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

  it('tells how far work is in another thread, once it is known how much there is', async () => {
    const count = newWorkCount();
    const told: string[] = [];
    let end: (value: string) => void = () => undefined;
    const report = (step: string): void => {
      told.push(step);
      countDone(count);
      if (told.length === 2) end('done');
    };
    setTimeout(() => addWork(count, 2000), 5);
    assert.equal(await counted(new Promise<string>((resolve) => (end = resolve)), count, report, 1), 'done');
    assert.deepEqual(told, ['0 of 2000 runs', '1 of 2000 runs']);
  });
});
