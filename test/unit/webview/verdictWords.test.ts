import assert from 'node:assert/strict';
import type { Finding, Verdict } from '../../../src/domain/verdict';
import { textOf, tightParts, verdictWords } from '../../../src/webview/compare/verdictWords';

const counts = { better: 0, worse: 0, same: 0, within: 0 };
const finding = (judgement: Finding['judgement'], delta: number): Finding => ({
  key: 'auc',
  base: 0.9,
  delta,
  judgement,
  guessed: true,
});
const worst = { ...finding('worse', -0.031), metric: 'recall', segment: 'under-40' };
const words = (overall: Finding, worstSegment?: Verdict['worstSegment']) =>
  textOf(verdictWords({ overall, counts, ...(worstSegment && { worstSegment }) }, 'v4'));

describe('The sentence on top of a comparison', () => {
  it('says better and worse with the numbers that show it', () => {
    assert.equal(
      words(finding('better', 0.0009), worst),
      'v4 is better overall (auc +0.0009 ▲) but worse for under-40 (recall −0.0310 ▼).',
    );
    assert.equal(
      words(finding('worse', -0.1), worst),
      'v4 is worse overall (auc −0.1000 ▼), most for under-40 (recall −0.0310 ▼).',
    );
    assert.equal(words(finding('better', 0.1)), 'v4 is better overall (auc +0.1000 ▲).');
  });

  it('takes brackets and stops to the number that they touch, and loses nothing', () => {
    const parts = verdictWords({ overall: finding('better', 0.0009), worstSegment: worst, counts }, 'v4');
    const tight = tightParts(parts).map(({ before, text, after }) => before + text + after);
    assert.equal(tight.join(''), textOf(parts));
    assert.ok(tight.includes('(auc +0.0009 ▲)') && tight.includes('(recall −0.0310 ▼).'));
  });

  it('names the row of each number', () => {
    const overall = finding('better', 0.1);
    const parts = verdictWords({ overall, counts, worstSegment: { ...worst, key: 'recall/under-40' } }, 'v4 {1}');
    assert.deepEqual(
      parts.filter(({ key }) => key !== undefined),
      [
        { text: 'auc +0.1000 ▲', key: 'auc' },
        { text: 'recall −0.0310 ▼', key: 'recall/under-40' },
      ],
    );
    assert.equal(parts[0]?.text, 'v4 {1}');
  });

  it('says beyond noise where repetitions show it', () => {
    const noise = { kind: 'beyond', method: 'welch', runs: [3, 3], interval: [0.05, 0.15] } as const;
    assert.equal(words({ ...finding('better', 0.1), noise }), 'v4 is better overall (auc +0.1000 ▲, beyond noise).');
  });

  it('claims nothing within noise, of no change, and without a metric whose direction is known', () => {
    assert.equal(words(finding('within', 0.001)), 'v4 is within noise of the baseline (auc +0.0010 ≈).');
    assert.equal(
      words(finding('same', 0), worst),
      'v4 is level with the baseline (auc), but worse for under-40 (recall −0.0310 ▼).',
    );
    assert.deepEqual(verdictWords({ counts }, 'v4'), []);
  });
});
