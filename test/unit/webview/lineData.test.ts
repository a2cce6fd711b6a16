import assert from 'node:assert/strict';
import type { ReducedPoints } from '../../../src/domain/reduce';
import {
  allX,
  bucketsOf,
  drawnLines,
  linesSummary,
  nearestIndex,
  onOneStep,
  shownWords,
} from '../../../src/webview/charts/lineData';
import { fillBand } from '../../../src/webview/charts/lineBand';
import { strokeLine, type LinePen } from '../../../src/webview/charts/linePath';

function line(steps: number[], values: number[], total = steps.length): ReducedPoints {
  return {
    steps: Float64Array.from(steps),
    timestamps: Float64Array.from(steps),
    values: Float64Array.from(values),
    total,
  };
}

const named = (points: ReducedPoints) => ({ row: 0, label: 'run', series: 0, points });

/** What a pen is told, as words. */
function strokes(values: number[], placeY: (value: number) => number): string {
  const told: string[] = [];
  const pen: LinePen = {
    beginPath: () => undefined,
    stroke: () => undefined,
    fill: () => undefined,
    moveTo: (x) => void told.push(`from ${x}`),
    lineTo: (x) => void told.push(`to ${x}`),
    arc: (x) => void told.push(`dot ${x}`),
  };
  const x = Float64Array.from(values, (_, i) => i);
  strokeLine(pen, { x, y: Float64Array.from(values) }, (at) => at, placeY);
  return told.join(', ');
}

describe('The points of a chart', () => {
  it('are one bucket for each px of few lines, and within a budget of however many', () => {
    assert.deepEqual([bucketsOf(640, 1), bucketsOf(640, 50), bucketsOf(20, 1)], [640, 640, 100]);
    for (const lines of [500, 2000, 5000]) {
      const points = bucketsOf(640, lines) * 4 * lines;
      assert.ok(points <= 500_000 && points > 300_000, `${lines} lines: ${points} points`);
    }
    assert.equal(bucketsOf(640, 100_000), 16);
  });
});

describe('the data of lines', () => {
  it('breaks the line where a value cannot be drawn; what stands alone is a dot', () => {
    assert.equal(
      strokes([1, 2, NaN, 3, 4], (y) => y),
      'from 0, to 1, from 3, to 4',
    );
    assert.equal(
      strokes([1, Infinity, 2, -Infinity, 3], (y) => y),
      'from 0, from 2, from 4, dot 0, dot 2, dot 4',
    );
    assert.equal(strokes([1, 2, 0, -2, 1, 3], Math.log), 'from 0, to 1, from 4, to 5');
  });

  it('finds the nearest real point of each line, NaN too, and none beyond its ends', () => {
    const lines = [line([0, 10, 20], [1, NaN, 3]), line([9, 11], [5, 6])];
    const drawn = drawnLines(lines.map(named), 'step');
    assert.deepEqual([...allX(drawn)], [0, 9, 10, 11, 20]);
    const near = (x: number): number[] => drawn.map((each) => nearestIndex(each.x, x));
    assert.deepEqual([9, 10, 0, 20].map(near), [
      [1, 0],
      [1, 0],
      [0, -1],
      [2, -1],
    ]);
  });

  it('says "n of m points" only where points were left out, and where a line breaks', () => {
    assert.equal(shownWords([named(line([1, 2], [1, 2]))]), '');
    assert.equal(shownWords([named(line([1, 2], [1, 2], 900)), named(line([1], [1]))]), '3 of 901 points');
    const zoomed = (inRange: number): string => shownWords([named({ ...line([1, 2], [1, 2], 900), inRange })]);
    assert.deepEqual([zoomed(700), zoomed(2)], ['2 of 700 points', '']);
    assert.equal(shownWords([named(line([1, 2], [1, NaN]))]), 'lines break at NaN and infinite values');
  });

  it('summarises finite values and says where there are none', () => {
    const summary = (points: ReducedPoints): string =>
      linesSummary('auc', drawnLines([{ ...named(points), label: 'fox' }], 'step'), 'step');
    assert.equal(
      summary(line([0, 5], [0.5, 0.75])),
      'auc. fox: 2 points from step 0 to step 5, least 0.5000, greatest 0.7500, last 0.7500',
    );
    assert.equal(summary(line([0], [NaN])), 'auc. fox: 1 points from step 0 to step 0, none of them a finite number');
    assert.equal(summary(line([], [])), 'auc: no points');
  });

  it('knows what was logged without steps', () => {
    assert.equal(onOneStep([line([0, 0], [1, 2]), line([0], [3])]), true);
    assert.equal(onOneStep([line([0, 1], [1, 2])]), false);
    assert.equal(onOneStep([line([], [])]), false);
  });
});

describe('A band of a reduced line', () => {
  it('reaches the extremes of each piece, and breaks where the line does', () => {
    const told: string[] = [];
    const pen = {
      beginPath: () => undefined,
      moveTo: (x: number, y: number) => void told.push(`from ${x} ${y}`),
      lineTo: (x: number, y: number) => void told.push(`to ${x} ${y}`),
      closePath: () => undefined,
      fill: () => void told.push('fill'),
    };
    const x = Float64Array.of(0, 1, 2, 5, 6, 7, 20);
    const y = Float64Array.of(3, 9, 1, 4, 6, NaN, 5);
    fillBand(pen, { x, y }, Number, Number);
    assert.deepEqual(told, ['from 0 1', 'to 5 4', 'to 6 4', 'to 6 6', 'to 5 6', 'to 0 9', 'fill']);
  });
});
