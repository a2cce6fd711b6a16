import assert from 'node:assert/strict';
import { compareItems } from '../../../src/domain/compare';
import { noContract } from '../../../src/domain/contract';
import type { Noise } from '../../../src/domain/noise';
import { rankingOf } from '../../../src/domain/ranking';
import { nestedFamilies } from '../../../src/domain/segments';
import { rankingWords } from '../../../src/webview/compare/rankingWords';
import { textOf } from '../../../src/webview/compare/verdictWords';

type Values = Readonly<Record<string, number>>;

function rows(...items: readonly Values[]) {
  return compareItems(
    items.map((metrics) => ({
      metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, timestamp: 0 })),
      params: [],
      tags: [],
    })),
  );
}

const unknown = () => new Map<string, Noise>();
const within: Noise = { kind: 'within', method: 'welch', runs: [3, 3], interval: [-1, 1] };
const beyond: Noise = { kind: 'beyond', method: 'welch', runs: [3, 3], interval: [0.001, 1] };
const names = ['v1', 'v2', 'v3', 'v4'];

function words(items: readonly Values[], noiseOf = unknown as Parameters<typeof rankingOf>[2]): string {
  const ranking = rankingOf(rows(...items), noContract, noiseOf);
  return ranking ? textOf(rankingWords(ranking, names.slice(0, items.length))) : '';
}

describe('The ranking of more than two', () => {
  it('says which is best, by how much over the baseline and the next best, and where it is worse', () => {
    const items = [
      { auc: 0.99, 'recall/young': 0.91, 'recall/old': 0.95 },
      { auc: 0.993, 'recall/young': 0.92, 'recall/old': 0.95 },
      { auc: 0.995, 'recall/young': 0.88, 'recall/old': 0.96 },
    ];
    assert.equal(
      words(items),
      'v3 is the best of 3 (auc 0.9950): +0.0050 ▲ over v1, the baseline; +0.0020 ▲ over v2, the next best; ' +
        'but worse for young than v1 (recall −0.0300 ▼).',
    );
  });

  it('goes by lower where that is better, and says when the next best is the baseline', () => {
    assert.equal(
      words([{ loss: 0.2 }, { loss: 0.3 }, { loss: 0.1 }]),
      'v3 is the best of 3 (loss 0.1000): −0.1000 ▲ over v1, the baseline and next best.',
    );
  });

  it('says so where the baseline is the best, and where it is worse than the next best', () => {
    assert.equal(
      words([
        { auc: 0.9, 'recall/a': 0.5, 'recall/b': 0.5 },
        { auc: 0.8, 'recall/a': 0.7, 'recall/b': 0.5 },
        { auc: 0.7, 'recall/a': 0.9, 'recall/b': 0.5 },
      ]),
      'v1, the baseline, is the best of 3 (auc 0.9000): +0.1000 ▲ over v2, the next best; ' +
        'but worse for a than v2 (recall −0.2000 ▼).',
    );
  });

  it('names no best within noise of the next one or level with it, and holds each pair against its own noise', () => {
    const items = [{ auc: 0.9 }, { auc: 0.95 }, { auc: 0.951 }];
    const noiseOf = (base: number): Map<string, Noise> => new Map([['auc', base === 0 ? beyond : within]]);
    assert.equal(
      words(items, noiseOf),
      'No clear best of 3: v3 leads (auc 0.9510): +0.0510 ▲, beyond noise, over v1, the baseline; ' +
        '+0.0010 ≈, within noise, over v2, the next best.',
    );
    assert.equal(
      words([{ auc: 0.9 }, { auc: 0.9 }, { auc: 0.8 }]),
      'No clear best of 3: v1, the baseline, leads (auc 0.9000): level with v2.',
    );
  });

  it('counts those without a finite value, the baseline too, and says nothing where fewer than two have one', () => {
    assert.equal(
      words([{ auc: NaN }, { auc: 0.8 }, { auc: 0.9 }, {}]),
      'v3 is the best of 2 (auc 0.9000): +0.1000 ▲ over v2, the next best; 2 without a finite value.',
    );
    assert.equal(words([{ auc: NaN }, { auc: Infinity }, { auc: 0.9 }]), '');
    assert.equal(words([{ depth: 1 }, { depth: 2 }, { depth: 3 }]), '');
  });

  it('ranks by the metric that most have, or by what the contract calls primary', () => {
    const items = rows({ acc: 1, auc: 0.9 }, { acc: 0.5, auc: 0.8 }, { auc: 0.95 });
    assert.deepEqual(
      [rankingOf(items, noContract, unknown)?.key, rankingOf(items, noContract, unknown)?.best],
      ['auc', 2],
    );
    const contract = { ...noContract, metrics: [{ pattern: 'acc', primary: true }] };
    assert.deepEqual(
      [rankingOf(items, contract, unknown)?.key, rankingOf(items, contract, unknown)?.ranked],
      ['acc', 2],
    );
  });

  it('looks for the worst segment among nested runs too', () => {
    const run = (segment: string, recall: number) => ({ segment, metrics: [{ key: 'recall', value: recall }] });
    const nested = nestedFamilies([
      [run('SE', 0.9), run('DE', 0.9)],
      [run('SE', 0.9), run('DE', 0.9)],
      [run('SE', 0.5), run('DE', 0.95)],
    ]);
    const { worstSegment } = rankingOf(rows({ auc: 0.9 }, { auc: 0.91 }, { auc: 0.95 }), noContract, unknown, nested)!;
    assert.deepEqual([worstSegment?.metric, worstSegment?.segment, worstSegment?.against], ['recall', 'SE', 0]);
  });

  it('leads to the row of each number', () => {
    const ranking = rankingOf(rows({ auc: 0.9 }, { auc: 0.92 }, { auc: 0.95 }), noContract, unknown)!;
    const keys = rankingWords(ranking, names).flatMap(({ key }) => key ?? []);
    assert.deepEqual(keys, ['auc', 'auc', 'auc']);
  });
});
