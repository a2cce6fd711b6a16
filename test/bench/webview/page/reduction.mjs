// @ts-nocheck
import { reducePoints } from '/domain/reduce.js';
import { histories as make } from './data.mjs';
import { width } from './drawing.mjs';

/** So many histories cut to a chart's width, and the plain sum of their values. */
export function setUp({ runs, points }) {
  const histories = make(runs, points);
  // What is told keeps the work from being left out.
  const reduce = () =>
    histories.reduce((sum, all) => sum + reducePoints(all, { axis: 'step', buckets: width }).total, 0);
  const add = () => {
    let sum = 0;
    for (const { values } of histories) for (let i = 0; i < values.length; i++) sum += values[i];
    return sum;
  };
  return { ours: { run: reduce }, sum: { run: add } };
}
