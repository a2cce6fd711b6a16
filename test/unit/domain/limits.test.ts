import assert from 'node:assert/strict';
import {
  demand,
  whyNoBatch,
  whyNoExperimentName,
  whyNoKey,
  whyNoModelName,
  whyNoRunName,
  whyNoTag,
} from '../../../src/domain/limits';
import type { RunBatch } from '../../../src/domain/ports';

// Verdicts of mlflow/utils/validation.py, 3.17.2, but for a line break at the end of a key, which it lets through.
describe('what MLflow takes as names, keys and values', () => {
  for (const key of ['a', 'a.b/c d', 'größe', 'a:b', '_-. ', 'a..b', 'a/b..', '日本', 'k'.repeat(250), ' '])
    it(`takes the key ${JSON.stringify(key.slice(0, 20))}`, () => assert.equal(whyNoKey(key), undefined));

  for (const key of [
    '',
    '.',
    '..',
    '..a',
    '../a',
    'a/..',
    'a/../b',
    './a',
    '/a',
    'a/',
    'a//b',
    'a=b',
    'a,b',
    'a\nb',
    'a\n',
    '🚀',
  ])
    it(`refuses the key ${JSON.stringify(key)}`, () => assert.match(whyNoKey(key) ?? '', /^\S.*\.$|: use letters/s));

  it('counts characters as Python does', () => {
    assert.equal(whyNoExperimentName('🚀'.repeat(500)), undefined);
    assert.match(whyNoExperimentName('🚀'.repeat(501)) ?? '', /500 characters in MLflow, not 501/);
  });

  it('knows how long a value may be, which differs by what it is of', () => {
    const tag = { key: 'k', value: 'x'.repeat(8001) };
    assert.match(whyNoTag(tag, 'run') ?? '', /"k" has at most 8000/);
    assert.equal(whyNoTag(tag, 'experiment'), undefined);
    assert.equal(whyNoTag({ key: 'k', value: 'x'.repeat(100_000) }, 'model'), undefined);
  });

  it('refuses empty names, and names of models that are paths', () => {
    for (const reason of [whyNoExperimentName(''), whyNoRunName(' '), whyNoModelName(' ')]) assert.ok(reason);
    for (const name of ['a/b', 'a:b', '..', '..a', '.']) assert.match(whyNoModelName(name) ?? '', /registered model/);
    for (const name of ['a b', "it's", 'näïve 🚀 "x"', 'a..b']) assert.equal(whyNoModelName(name), undefined);
  });

  describe('a batch', () => {
    const empty: RunBatch = { runId: 'r', metrics: [], params: [], tags: [] };
    const point = { key: 'm', value: NaN, timestamp: 0, step: -1 };
    const points = (count: number): RunBatch['metrics'] => Array.from({ length: count }, () => point);
    const pairs = (count: number): RunBatch['tags'] =>
      Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: '' }));

    it('has at most 1,000 points, 100 params, 100 tags, and 1,000 in all', () => {
      assert.equal(whyNoBatch({ ...empty, metrics: points(800), params: pairs(100), tags: pairs(100) }), undefined);
      assert.match(whyNoBatch({ ...empty, metrics: points(1001) }) ?? '', /at most 1000 metric points/);
      assert.match(whyNoBatch({ ...empty, params: pairs(101) }) ?? '', /at most 100 params/);
      assert.match(whyNoBatch({ ...empty, tags: pairs(101) }) ?? '', /at most 100 tags/);
      assert.match(whyNoBatch({ ...empty, metrics: points(950), tags: pairs(51) }) ?? '', /at most 1000 entries/);
    });

    it('has whole steps and times, and each param once', () => {
      assert.match(whyNoBatch({ ...empty, metrics: [{ ...point, step: 0.5 }] }) ?? '', /whole number/);
      assert.match(whyNoBatch({ ...empty, metrics: [{ ...point, timestamp: -1 }] }) ?? '', /since 1970/);
      assert.match(whyNoBatch({ ...empty, params: [...pairs(1), ...pairs(1)] }) ?? '', /"k0" is given twice/);
      assert.equal(whyNoBatch({ ...empty, tags: [...pairs(1), ...pairs(1)] }), undefined);
      assert.ok(whyNoBatch({ ...empty, tags: [{ key: 'mlflow.runName', value: '' }] }));
    });
  });

  it('throws the first sentence there is', () => {
    demand(undefined, undefined);
    assert.throws(() => demand(undefined, 'One.', 'Two.'), { kind: 'invalid', message: 'One.' });
  });
});
