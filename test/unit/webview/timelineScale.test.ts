import assert from 'node:assert/strict';
import { labelEvery, timelinePoints } from '../../../src/webview/version/timelineScale';

describe('A metric over versions', () => {
  const box = { width: 120, height: 40, margin: 10 };
  const marks = ['1', '2', '3'].map((version) => ({ version, aliases: [] }));
  const places = (...values: (number | null)[]) =>
    timelinePoints(marks.slice(0, values.length), { key: 'auc', values }, box).map(({ place }) => place);

  it('goes from the oldest to the newest, the greatest on top', () => {
    assert.deepEqual(places(0, 2, 1), [
      { x: 10, y: 30 },
      { x: 60, y: 10 },
      { x: 110, y: 20 },
    ]);
  });

  it('leaves a gap where there is no finite value, and stays in its box with one or the greatest', () => {
    assert.deepEqual(places(1, null, NaN), [{ x: 10, y: 20 }, undefined, undefined]);
    assert.deepEqual(places(7), [{ x: 60, y: 20 }]);
    assert.deepEqual(places(-1e308, 1e308), [
      { x: 10, y: 30 },
      { x: 110, y: 10 },
    ]);
  });

  it('labels as many as find room', () => {
    assert.equal(labelEvery(5, 800), 1);
    assert.equal(labelEvery(100, 440), 10);
  });
});
