import assert from 'node:assert/strict';
import { noContract } from '../../../src/domain/contract';
import { noiseBetween, repetitionsOf, seedsOf } from '../../../src/domain/repetitions';
import type { Run } from '../../../src/domain/run';
import { RunTableBuilder } from '../../../src/domain/runTable';

type Texts = Readonly<Record<string, string>>;

function runOf(runId: string, params: Texts, auc: number): Run {
  return {
    runId,
    runName: runId,
    experimentId: '1',
    userId: '',
    status: 'FINISHED',
    artifactUri: '',
    lifecycleStage: 'active',
    metrics: [{ key: 'auc', value: auc, step: 0, timestamp: 0 }],
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    tags: [],
    datasetInputs: [],
    modelInputs: [],
    modelOutputs: [],
  };
}

function tableOf(runs: readonly Run[]) {
  const table = new RunTableBuilder();
  for (const run of runs) {
    const row = table.addRun(run);
    for (const { key, value } of run.metrics) table.setMetric(row, key, value);
    for (const { key, value } of run.params) table.setParam(row, key, value);
  }
  return table.build();
}

describe('Repetitions of a run', () => {
  const run = runOf('a', { lr: '0.1', seed: '1' }, 0.9);
  const valuesIn = (others: readonly Run[], of = run, contract = noContract): readonly number[] | undefined =>
    repetitionsOf(of, tableOf(others), contract).metrics[0]?.values;

  it('share its params and differ in the seed', () => {
    const others = [
      run,
      runOf('b', { lr: '0.1', seed: '2' }, 0.91),
      runOf('c', { lr: '0.2', seed: '3' }, 0.5),
      runOf('d', { lr: '0.1', seed: '4', extra: 'x' }, 0.5),
      runOf('e', { seed: '5' }, 0.5),
    ];
    assert.deepEqual(valuesIn(others), [0.9, 0.91]);
  });

  it('count once per seed: the same done again says nothing of chance', () => {
    const others = [runOf('b', { lr: '0.1', seed: '1' }, 0.91), runOf('c', { lr: '0.1', seed: '2' }, 0.92)];
    assert.deepEqual(valuesIn([...others, runOf('d', { lr: '0.1', seed: '2' }, 0.93)]), [0.9, 0.92]);
  });

  it('are none without a seed, with nothing in common, and of a run that is alone', () => {
    const plain = runOf('a', { lr: '0.1' }, 0.9);
    assert.deepEqual(valuesIn([runOf('b', { lr: '0.1' }, 0.91)], plain), [0.9]);
    assert.deepEqual(valuesIn([runOf('b', { depth: '3' }, 0.91)]), [0.9]);
    assert.deepEqual(valuesIn([]), [0.9]);
  });

  it('follow the seeds of the contract, and no guess beside them', () => {
    const contract = { ...noContract, seeds: ['fold*'] };
    const folds = ['1', '2'].map((fold) => runOf(fold, { fold_no: fold, seed: '1' }, 0.9));
    const [first] = folds;
    assert.ok(first);
    assert.equal(repetitionsOf(first, tableOf(folds), contract).runs, 2);
    assert.equal(repetitionsOf(first, tableOf(folds), noContract).runs, 1);
    assert.deepEqual(seedsOf(first.params, contract), { keys: ['fold_no'], guessed: false });
  });

  for (const [key, is] of [
    ['seed', true],
    ['random_state', true],
    ['model__random_state', true],
    ['np_seed', true],
    ['randomSeed', true],
    ['split.seed', true],
    ['seedling', false],
    ['state', false],
    ['random', false],
  ] as const) {
    it(`'${key}' looks ${is ? '' : 'un'}like a seed`, () => {
      assert.equal(seedsOf([{ key, value: '1' }], noContract).keys.length === 1, is);
    });
  }

  it('of two sides give the noise of each metric that both have', () => {
    const repeat = (lr: string, ...aucs: number[]) =>
      aucs.map((auc, i) => runOf(`${lr}-${i}`, { lr, seed: String(i) }, auc));
    const [slow, fast] = [repeat('1', 0.9, 0.91, 0.92), repeat('2', 0.95, 0.96, 0.97)];
    const all = tableOf([...slow, ...fast]);
    const sides = [slow[0], fast[0]].map((of) => repetitionsOf(of ?? run, all, noContract));
    const [a, b] = sides;
    assert.ok(a && b);
    const noise = noiseBetween(a, b).get('auc');
    assert.deepEqual([noise?.kind, noise?.runs], ['beyond', [3, 3]]);
    assert.equal(noiseBetween(a, a).get('auc')?.kind, 'within');
    assert.equal(noiseBetween(repetitionsOf(run, all, noContract), b).get('auc')?.kind, 'beyond');
  });
});
