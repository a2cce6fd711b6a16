import assert from 'node:assert/strict';
import { rowOf } from '../../../src/app/runRow';
import { timelineOf } from '../../../src/app/timeline';
import type { ModelVersion } from '../../../src/domain/model';
import { aRun } from './fakeStore';

const keys = [...Array.from({ length: 300 }, (_, i) => `m${String(i).padStart(3, '0')}`), 'system/cpu'];

const run = (runId: string, scale: number) =>
  aRun(runId, { metrics: keys.map((key, i) => ({ key, value: i * scale, step: 0, timestamp: 0 })) });

const runs = new Map([run('a', 1), run('b', 10)].map((each) => [each.runId, rowOf(each)]));

function versions(count: number): ModelVersion[] {
  const version = (number: number): ModelVersion => ({
    name: 'net',
    version: String(number),
    runId: ['a', 'b', ''][number % 3]!,
    source: '',
    status: 'READY',
    stage: 'None',
    description: '',
    aliases: [],
    tags: [],
  });
  return Array.from({ length: count }, (_, i) => version(count - i));
}

describe('metrics over the versions of a model', () => {
  it('names every metric, those of the machine last, and brings the values of few versions', () => {
    const timeline = timelineOf(versions(3), runs);
    assert.deepEqual(timeline.keys, keys);
    assert.deepEqual(
      timeline.metrics.map(({ key }) => key),
      keys,
    );
    assert.deepEqual(timeline.metrics[2]?.values, [20, null, 2]);
    assert.deepEqual(
      timeline.marks.map(({ version }) => version),
      ['1', '2', '3'],
    );
  });

  it('brings only the first metrics of a thousand versions, and any other one when it is asked for', () => {
    const many = versions(999);
    assert.deepEqual([timelineOf(many, runs).keys.length, timelineOf(many, runs).metrics.length], [301, 51]);
    const { keys: all, metrics } = timelineOf(many, runs, 'm299');
    assert.deepEqual(
      [all.length, metrics.length, metrics[0]?.key, metrics[0]?.values.slice(0, 3)],
      [301, 1, 'm299', [2990, null, 299]],
    );
  });
});
