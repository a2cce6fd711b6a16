import assert from 'node:assert/strict';
import fc from 'fast-check';
import { boxStats } from '../../../src/domain/boxStats';
import { brushedRows, freed, rangesOf } from '../../../src/domain/brush';
import { type ChartColumn, chartCellAt, chartColumn } from '../../../src/domain/chartColumn';
import { contourLines, surfaceOf } from '../../../src/domain/contour';
import { imageAt, imageSeries } from '../../../src/domain/imageSteps';
import { project, scaleOver, ticksOf, valueAt } from '../../../src/domain/scale';
import { smooth } from '../../../src/domain/smooth';
import { tickWords } from '../../../src/domain/axisWords';

const floats = (...values: number[]): Float64Array => Float64Array.from(values);
/** Whatever a store may hold. */
const logged = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 1.797e308, -1.797e308, 0, -0));

describe('A scale', () => {
  it('has a place inside for every finite value, whatever else was logged', () => {
    fc.assert(
      fc.property(
        fc.array(logged),
        fc.constantFrom('linear' as const, 'whole' as const, 'log' as const),
        (all, kind) => {
          const scale = scaleOver(kind, [floats(...all)]);
          const place = project(scale, 0, 1);
          for (const value of all) {
            const at = place(value);
            if (Number.isFinite(value) && (kind !== 'log' || value > 0))
              assert.ok(at >= -1e-6 && at <= 1 + 1e-6, `${value} at ${at}`);
          }
          for (const tick of ticksOf(scale, 5)) assert.ok(Number.isFinite(tick));
        },
      ),
    );
  });

  it('has room for no value, one value and values at both ends of what a number can be', () => {
    assert.deepEqual(scaleOver('linear', [floats(NaN, Infinity)]), { kind: 'linear', low: 0, high: 1 });
    assert.equal(project(scaleOver('linear', [floats(7)]), 0, 1)(7), 0.5);
    const all = scaleOver('linear', [floats(-1.797e308, 1.797e308)], 0.05);
    assert.equal(project(all, 0, 100)(0), 50);
    assert.ok(Math.abs(valueAt(all, 0.5)) < 1e300);
  });

  it('writes ticks with one number of decimals, powers of ten and the time of day', () => {
    const words = (kind: Parameters<typeof scaleOver>[0], low: number, high: number): string[] => {
      const scale = { kind, low, high };
      return tickWords(scale, ticksOf(scale, 5));
    };
    assert.deepEqual(words('linear', 0, 1), ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    assert.deepEqual(words('whole', 0, 2), ['0', '1', '2']);
    assert.deepEqual(words('log', 1e-4, 1), ['0.0001', '0.001', '0.01', '0.1', '1']);
    assert.deepEqual(words('duration', 0, 3_600_000), ['0', '15 min', '30 min', '45 min', '1 h']);
  });
});

describe('Smoothing', () => {
  it('leaves a constant and the first value as they are, and never leaves the range', () => {
    assert.deepEqual([...smooth(floats(3, 3, 3), 0.9)], [3, 3, 3]);
    const values = floats(1e308, -1e308, 5, 1.797e308);
    assert.equal(smooth(values, 0.6)[0], 1e308);
    for (const value of smooth(values, 0.6)) assert.ok(Number.isFinite(value));
  });

  it('is not moved by NaN and infinities, and keeps them', () => {
    const smoothed = smooth(floats(1, NaN, Infinity, 1), 0.5);
    assert.deepEqual([...smoothed], [1, NaN, Infinity, 1]);
  });
});

describe('Box statistics', () => {
  it('are quartiles, whiskers within 1.5 box lengths and what lies beyond', () => {
    const stats = boxStats([1, 2, 3, 4, 100, NaN, Infinity]);
    assert.deepEqual(
      { ...stats, outliers: [...(stats?.outliers ?? [])] },
      { count: 5, notFinite: 2, low: 1, q1: 2, median: 3, q3: 4, high: 4, mean: 22, outliers: [100] },
    );
  });

  it('are one value of one run and nothing where none is finite', () => {
    assert.equal(boxStats([7])?.median, 7);
    assert.equal(boxStats([NaN, -Infinity]), undefined);
    assert.equal(boxStats([]), undefined);
  });
});

describe('Brushing', () => {
  const column = (id: string, ...values: number[]): ChartColumn => ({
    ...{ id, title: id },
    ...{ values: floats(...values), loggedNaN: new Uint8Array() },
  });

  it('keeps the rows that lie in every range; a missing value lies in none', () => {
    const rows = Uint32Array.of(3, 2, 1, 0);
    const depth = column('depth', 1, 2, 3, NaN);
    const auc = column('auc', 0.5, 0.9, 0.7, 0.8);
    assert.deepEqual([...brushedRows(rows, [depth], { depth: [1, 3] })], [2, 1, 0]);
    assert.deepEqual([...brushedRows(rows, [depth, auc], { depth: [1, 3], auc: [0.6, 1] })], [2, 1]);
    assert.equal(brushedRows(rows, [depth], {}), rows);
  });

  it('goes with its column: where that is gone, nothing is brushed by it', () => {
    const auc = column('auc', 0.5, 0.9);
    const ranges = { depth: [1, 3], auc: [0.6, 1] } as const;
    assert.deepEqual(rangesOf([auc], ranges), { auc: [0.6, 1] });
    assert.deepEqual([...brushedRows(Uint32Array.of(0, 1), [auc], ranges)], [1]);
    assert.deepEqual(freed(ranges, 'auc'), { depth: [1, 3] });
  });
});

describe('A surface', () => {
  it('never goes beyond the values that it passes through', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), logged),
        ),
        (points) => {
          const [x, y, z] = [0, 1, 2].map((i) => floats(...points.map((point) => point[i] ?? NaN)));
          const { values } = surfaceOf({ x: x ?? floats(), y: y ?? floats(), z: z ?? floats() }, 4);
          const finite = points.map(([, , value]) => value).filter(Number.isFinite);
          const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
          const slack = 1e-9 * Math.max(Math.abs(least), Math.abs(greatest));
          for (const value of values) {
            if (finite.length === 0) assert.ok(Number.isNaN(value));
            else assert.ok(value >= least - slack && value <= greatest + slack, `${value}`);
          }
        },
      ),
    );
  });

  it('has a line of equal height between lower and higher points', () => {
    const surface = surfaceOf({ x: floats(0, 1), y: floats(0.5, 0.5), z: floats(0, 1) }, 16);
    const segments = contourLines(surface, 0.5);
    assert.ok(segments.length > 8);
    for (const [x1, , x2] of segments) assert.ok(Math.abs(x1 - 0.5) < 0.1 && Math.abs(x2 - 0.5) < 0.1);
    assert.deepEqual(contourLines(surface, 2), []);
  });
});

describe('A column of a chart', () => {
  const codes = Int32Array.of(1, 0, -1);

  it('holds numbers where all texts are, else places among the sorted texts; nothing is NaN', () => {
    const numbers = chartColumn({ group: 'params', key: 'lr' }, { key: 'lr', codes, dictionary: ['1e-3', '0.1'] });
    assert.deepEqual([...numbers.values], [0.1, 0.001, NaN]);
    const texts = chartColumn({ group: 'params', key: 'o' }, { key: 'o', codes, dictionary: ['sgd', 'adam'] });
    assert.deepEqual(texts.labels, ['adam', 'sgd']);
    assert.deepEqual([...texts.values], [0, 1, NaN]);
  });

  it('gives NaN where that was logged, and nothing where a value is missing', () => {
    const logged = { key: 'auc', values: floats(0.5, NaN, NaN), loggedNaN: Uint8Array.of(0b10) };
    const cells = (column: ChartColumn) => [0, 1, 2].map((row) => chartCellAt(column, row));
    assert.deepEqual(cells(chartColumn({ group: 'metrics', key: 'auc' }, logged)), [0.5, NaN, undefined]);
    const texts = { key: 'o', codes, dictionary: ['NaN', 'adam'] };
    assert.deepEqual(cells(chartColumn({ group: 'params', key: 'o' }, texts)), ['adam', 'NaN', undefined]);
  });
});

describe('Images over steps', () => {
  const paths = ['plots/roc_0.png', 'plots/roc_10.png', 'confusion.png', 'plots/roc_5.png'];

  it('are one series where paths differ in their last number', () => {
    assert.deepEqual(imageSeries(paths), [
      { name: 'plots/roc_….png', steps: [0, 5, 10] },
      { name: 'confusion.png', steps: [-1] },
    ]);
  });

  it('that log_image logged are one series of their key, of every release, and the large one of each step', () => {
    for (const [sign, slash] of [
      ['%', '#'],
      ['+', '~'],
    ] as const) {
      const at = (step: number, time: number, end: string): string =>
        `images/eval${slash}samples${sign}step${sign}${step}${sign}timestamp${sign}${time}${sign}0f3a-77${end}`;
      const logged = [0, 10].flatMap((step) => [
        at(step, 1700000000001, '.png'),
        at(step, 1700000000001, `${sign}compressed.webp`),
      ]);
      assert.deepEqual(imageSeries(logged), [{ name: 'eval/samples', steps: [0, 10] }]);
      assert.equal(imageAt(logged, 'eval/samples', 5), at(0, 1700000000001, '.png'));
      const again = at(0, 1700000000002, '.png');
      assert.equal(imageAt([again, ...logged], 'eval/samples', 0), again);
    }
  });

  it('show the last one that is not after the step', () => {
    assert.equal(imageAt(paths, 'plots/roc_….png', 7), 'plots/roc_5.png');
    assert.equal(imageAt(paths, 'plots/roc_….png', -1), undefined);
    assert.equal(imageAt(paths, 'confusion.png', -1), 'confusion.png');
  });
});
