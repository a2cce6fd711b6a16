import assert from 'node:assert/strict';
import { parseContract } from '../../../src/config/contractFile';
import { askDirection, askSegments } from '../../../src/panels/compare/contractQuestions';
import { type Answer, ScriptedUi } from '../../host/scriptedUi';

const known = {
  keys: ['auc', 'recall/young', 'recall/old', 'f1.SE', 'f1.DE', 'acc_SE', 'acc_DE'],
  allGuessed: ['recall/*', 'f1.*'],
};
const recall = { metric: 'recall', patterns: ['recall/*'], guessed: true, ...known };

/** What stands in the file after somebody answered. */
async function after(
  ask: (services: Parameters<typeof askSegments>[1]) => Promise<void>,
  before: string,
  ...answers: readonly Answer[]
) {
  let text = before;
  const ui = new ScriptedUi(...answers);
  const change = (edit: (now: string) => string): Promise<void> => Promise.resolve(void (text = edit(text)));
  await ask({ ui, contract: { change } });
  return { ui, text, contract: parseContract(text).contract };
}

describe('What a comparison asks for ringside.yaml', () => {
  it('confirms a guess, and keeps the other guesses', async () => {
    const { contract, ui } = await after((services) => askSegments(recall, services), '', 'They are segments');
    assert.deepEqual(contract.segments, ['f1.*', 'recall/*']);
    assert.deepEqual(ui.asked, ['recall by segment']);
  });

  it('refuses a guess: the others stay, and of a single one nothing is guessed again', async () => {
    const no = 'They are no segments';
    const one = await after((services) => askSegments(recall, services), '', no);
    assert.deepEqual(one.contract.segments, ['f1.*']);
    const only = { ...recall, allGuessed: ['recall/*'] };
    const none = await after((services) => askSegments(only, services), '', no);
    assert.deepEqual(none.contract.segments, []);
  });

  it('takes another pattern that fits a metric, and says what is wrong with one that does not', async () => {
    const ask = (services: Parameters<typeof askSegments>[1]) => askSegments({ ...recall, guessed: false }, services);
    const before = 'segments: [recall/*, f1.*]\n';
    const other = await after(ask, before, 'Another pattern…', 'recall/o*');
    assert.deepEqual(other.contract.segments, ['f1.*', 'recall/o*']);
    for (const [typed, said] of [
      ['recall', 'A * has to stand for the name of the segment.'],
      ['precision/*', 'No metric here fits this pattern.'],
    ] as const) {
      const refused = await after(ask, before, 'Another pattern…', typed);
      assert.deepEqual([refused.ui.said, refused.text], [[said], before]);
    }
  });

  it('writes nothing where nobody answers', async () => {
    const { text } = await after((services) => askSegments(recall, services), '# ours\n', undefined);
    assert.equal(text, '# ours\n');
  });

  it('writes a direction, the primary metric, or a metric that is a segment and was not guessed', async () => {
    const ask = (services: Parameters<typeof askDirection>[2]) => askDirection('acc_SE', known, services);
    assert.deepEqual((await after(ask, '', 'Lower is better')).contract.metrics, [
      { pattern: 'acc_SE', direction: 'lower' },
    ]);
    assert.deepEqual((await after(ask, '', 'It is the primary metric')).contract.metrics, [
      { pattern: 'acc_SE', primary: true },
    ]);
    const { contract } = await after(ask, '', 'It is about a segment of the data…', 'acc_*');
    assert.deepEqual(contract.segments, ['recall/*', 'f1.*', 'acc_*']);
  });
});
