import assert from 'node:assert/strict';
import { compareItems } from '../../../src/domain/compare';
import { noContract } from '../../../src/domain/contract';
import type { Noise } from '../../../src/domain/noise';
import { nestedFamilies } from '../../../src/domain/segments';
import { verdictOf } from '../../../src/domain/verdict';

function rows(base: Record<string, number>, other: Record<string, number>) {
  const item = (metrics: Record<string, number>) => ({
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, timestamp: 0 })),
    params: [],
    tags: [],
  });
  return compareItems([item(base), item(other)]);
}

const base = { auc: 0.9931, loss: 0.2, 'recall/young': 0.912, 'recall/old': 0.95, epoch: 3 };
const other = { auc: 0.994, loss: 0.2, 'recall/young': 0.881, 'recall/old': 0.949, epoch: 9 };

describe('The verdict of a comparison', () => {
  it('says better overall and names the segment that lost most', () => {
    const { overall, worstSegment, counts } = verdictOf(rows(base, other), noContract);
    assert.deepEqual([overall?.key, overall?.judgement, overall?.guessed], ['auc', 'better', true]);
    assert.deepEqual([worstSegment?.metric, worstSegment?.segment], ['recall', 'young']);
    assert.equal(worstSegment?.delta.toFixed(3), '-0.031');
    assert.deepEqual(counts, { better: 1, worse: 2, same: 1, within: 0 });
  });

  it('calls what lies within noise neither better nor worse', () => {
    const within: Noise = { kind: 'within', method: 'welch', runs: [3, 3], interval: [-1, 1] };
    const noise = new Map([
      ['auc', within],
      ['recall/young', within],
    ]);
    const { overall, worstSegment } = verdictOf(rows(base, other), noContract, noise);
    assert.equal(overall?.judgement, 'within');
    assert.equal(worstSegment?.segment, 'old');
  });

  it('takes runs whose repetitions differ the other way round as no finding either', () => {
    const against: Noise = { kind: 'beyond', method: 'welch', runs: [3, 3], interval: [-0.2, -0.1] };
    const agreeing: Noise = { ...against, interval: [0.1, 0.2] };
    const judgement = (noise: Noise) =>
      verdictOf(rows(base, other), noContract, new Map([['auc', noise]])).overall?.judgement;
    assert.deepEqual([judgement(against), judgement(agreeing)], ['within', 'better']);
  });

  it('names the worst segment of nested runs', () => {
    const run = (segment: string, recall: number) => ({ segment, metrics: [{ key: 'recall', value: recall }] });
    const nested = nestedFamilies([
      [run('SE', 0.9), run('DE', 0.9)],
      [run('SE', 0.5), run('DE', 0.95)],
    ]);
    const { worstSegment } = verdictOf(rows({ auc: 0.9 }, { auc: 0.95 }), noContract, undefined, nested);
    assert.deepEqual([worstSegment?.metric, worstSegment?.segment], ['recall', 'SE']);
  });

  it('follows the contract: its directions, its primary metric, its segments', () => {
    const contract = {
      metrics: [{ pattern: 'epoch', direction: 'lower', primary: true }],
      segments: ['recall/o*'],
      seeds: [],
    } as const;
    const { overall, worstSegment } = verdictOf(rows(base, other), contract);
    assert.deepEqual([overall?.key, overall?.judgement, overall?.guessed], ['epoch', 'worse', false]);
    assert.equal(worstSegment?.segment, 'old');
  });

  it('says nothing of NaN, of infinity, of what one item lacks, and of two items with nothing in common', () => {
    assert.deepEqual(verdictOf(rows({ auc: NaN, f1: 1, loss: Infinity }, { auc: 1, loss: 1 }), noContract), {
      counts: { better: 0, worse: 0, same: 0, within: 0 },
    });
  });
});
