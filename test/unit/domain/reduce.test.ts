import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Points, reducePoints } from '../../../src/domain/reduce';

function points(values: readonly number[], steps: readonly number[] = values.map((_, i) => i)): Points {
  return {
    steps: Float64Array.from(steps),
    timestamps: Float64Array.from(steps, (step) => 1_700_000_000_000 + step * 1000),
    values: Float64Array.from(values),
  };
}

/** Logged values: mostly ordinary, sometimes NaN or infinite. */
const value = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  fc.constantFrom(NaN, Infinity, -Infinity),
);
/** Uneven, repeated, negative steps in any order. */
const history = fc
  .array(fc.tuple(fc.integer({ min: -50, max: 500 }), value), { minLength: 1, maxLength: 600, size: 'max' })
  .map((pairs) =>
    points(
      pairs.map(([, v]) => v),
      pairs.map(([step]) => step),
    ),
  );
const buckets = fc.integer({ min: 1, max: 20 });

const finite = (values: Float64Array): number[] => [...values].filter(Number.isFinite);
const keys = ({ steps, values }: Points): string[] => [...steps].map((step, i) => `${step}:${String(values[i])}`);

describe('reducePoints', () => {
  it('keeps the least and the greatest value of every bucket, and a NaN where it has one', () => {
    fc.assert(
      fc.property(history, buckets, fc.boolean(), (all, count, byFactor) => {
        const high = Math.max(...all.steps);
        const isByFactor = byFactor && high > 0;
        const low = Math.min(...all.steps.filter((step) => !isByFactor || step > 0));
        const limits = Array.from({ length: count - 1 }, (_, i) =>
          isByFactor ? low * (high / low) ** ((i + 1) / count) : low + (i + 1) * ((high - low) / count),
        );
        const bucketOf = (step: number): number => limits.filter((limit) => step >= limit).length;
        const seen = ({ steps, values }: Points): object[] =>
          Array.from({ length: count }, (_, bucket) => {
            const inside = values.filter((_, i) => bucketOf(steps[i] ?? NaN) === bucket);
            const numbers = finite(inside);
            return { least: Math.min(...numbers), greatest: Math.max(...numbers), isBroken: inside.some(Number.isNaN) };
          });
        assert.deepEqual(seen(reducePoints(all, { axis: 'step', buckets: count, byFactor })), seen(all));
      }),
    );
  });

  it('keeps the first steps of a logarithmic scale, which are much of its width', () => {
    const all = points(Array.from({ length: 100_000 }, (_, i) => Math.sin(i)));
    const { steps } = reducePoints(all, { axis: 'step', buckets: 500, byFactor: true });
    assert.deepEqual([...steps.subarray(0, 41)], [...all.steps.subarray(0, 41)]);
    assert.ok(steps.length > 1000 && steps.length <= 2000 && steps.at(-1) === 99_999);
  });

  it('gives real points only, ascending, with the first and the last', () => {
    fc.assert(
      fc.property(history, buckets, (all, count) => {
        const kept = reducePoints(all, { axis: 'step', buckets: count });
        const real = new Set(keys(all));
        assert.ok(keys(kept).every((key) => real.has(key)));
        assert.ok(kept.steps.every((step, i) => i === 0 || step >= (kept.steps[i - 1] ?? 0)));
        assert.equal(kept.steps[0], Math.min(...all.steps));
        assert.equal(kept.steps.at(-1), Math.max(...all.steps));
        assert.equal(kept.total, all.values.length);
      }),
    );
  });

  it('says how many points there were and stays below five a bucket for ordinary values', () => {
    const kept = reducePoints(points(Array.from({ length: 100_000 }, (_, i) => Math.sin(i))), {
      axis: 'step',
      buckets: 100,
    });
    assert.equal(kept.total, 100_000);
    assert.ok(kept.values.length <= 400);
  });

  it('keeps a one-sample spike among a hundred thousand points', () => {
    const values = Array.from({ length: 100_000 }, () => 1);
    values[77_777] = 9;
    const kept = reducePoints(points(values), { axis: 'time', buckets: 50 });
    assert.equal(kept.steps[kept.values.indexOf(9)], 77_777);
  });

  it('keeps the extremes of ten thousand points of one step', () => {
    const all = points(
      Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 10_000),
      Array.from({ length: 10_000 }, () => 3),
    );
    const { values } = reducePoints(all, { axis: 'step', buckets: 100 });
    assert.deepEqual([Math.min(...values), Math.max(...values)], [0, 9999]);
    assert.ok(values.length <= 4, `${values.length} points`);
  });

  it('leaves out points that have no place', () => {
    const steps = [-Infinity, ...Array.from({ length: 1000 }, (_, i) => i), Infinity];
    const kept = reducePoints(
      points(
        steps.map(() => 1),
        steps,
      ),
      { axis: 'step', buckets: 10 },
    );
    assert.deepEqual([kept.steps[0], kept.steps.at(-1), kept.total], [0, 999, 1002]);
  });

  it('keeps the least positive value for a logarithmic scale', () => {
    const values = Array.from({ length: 1000 }, (_, i): number => (i % 2 ? -5 : 10));
    values[500] = 0.001;
    assert.ok(reducePoints(points(values), { axis: 'step', buckets: 5, positive: true }).values.includes(0.001));
  });

  it('gives a range with one point to each side', () => {
    const kept = reducePoints(points([0, 1, 2, 3, 4, 5, 6]), { axis: 'step', buckets: 10, range: [2.5, 4] });
    assert.deepEqual([...kept.steps], [2, 3, 4, 5]);
    assert.deepEqual([kept.inRange, kept.total], [4, 7]);
  });

  it('tells how many points are in a range that is reduced', () => {
    const history = points(Array.from({ length: 10_000 }, (_, i) => i));
    const kept = reducePoints(history, { axis: 'step', buckets: 10, range: [1000, 5999] });
    assert.ok(kept.values.length < 50);
    assert.deepEqual([kept.inRange, kept.total], [5002, 10_000]);
  });
});
