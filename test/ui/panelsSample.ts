import { type Comparable, compareItems } from '../../src/domain/compare';
import { noContract } from '../../src/domain/contract';
import type { Metric } from '../../src/domain/metric';
import type { ModelVersion } from '../../src/domain/model';
import type { Ref } from '../../src/domain/ref';
import type { Run } from '../../src/domain/run';
import type { RunPage } from '../../src/domain/runPage';
import type { FakeLine } from './panelsPage';

/** What scripts may write into any name: must show as text. */
export const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

const metric = (key: string, value: number, step = 0): Metric => ({ key, value, step, timestamp: 1_700_000_000_000 });

export const run: Run = {
  runId: '0123456789abcdef0123456789abcdef',
  runName: `brisk-fox ${hostile}`,
  experimentId: '1',
  userId: 'ada',
  status: 'FINISHED',
  startTime: 1_700_000_000_000,
  endTime: 1_700_000_090_000,
  artifactUri: 'file:///data/mlruns/1/0123/artifacts',
  lifecycleStage: 'active',
  metrics: [
    metric('loss', 0.0412, 199),
    metric('diverged', NaN, 9),
    metric('auc', 0.9931),
    metric('overflow', Infinity),
  ],
  params: [
    { key: 'depth', value: '3' },
    { key: hostile, value: hostile },
  ],
  tags: [
    { key: 'team', value: hostile },
    { key: 'mlflow.source.git.commit', value: '35e1a1ff' },
    { key: 'mlflow.source.git.repoURL', value: 'git@github.com:ada/tumour.git' },
    { key: 'mlflow.note.content', value: `A note. ${hostile}` },
  ],
  datasetInputs: [],
  modelInputs: [],
  modelOutputs: [],
};

export const runPage: RunPage = {
  ref: { kind: 'run', registry: 'local', id: run.runId },
  run,
  experiment: {
    experimentId: '1',
    name: `tumour ${hostile}`,
    artifactLocation: '',
    lifecycleStage: 'active',
    tags: [],
  },
  children: [],
  moreChildren: false,
  loggedModels: [],
  runModels: [],
  madeVersions: [],
  artifactFolders: [{ label: 'Run artifacts', root: { kind: 'run', runId: run.runId } }],
  missing: [],
};

const capabilities = {
  write: true,
  modelRegistry: true,
  loggedModels: true,
  aliases: true,
  stages: true,
  webUi: false,
};

export const runAnswers = {
  content: { page: runPage, capabilities, canReveal: true, hasSource: false, contract: noContract, bundle: {} },
  artifacts: [
    { path: 'plots', isDir: true },
    { path: 'notes.txt', isDir: false, size: 1234 },
  ],
};

/** The answers of a host whose run has these instead. */
export function answersWith(changes: Partial<Run>, page: Partial<RunPage> = {}) {
  const content = { ...runAnswers.content, page: { ...runPage, ...page, run: { ...run, ...changes } } };
  return { ...runAnswers, content };
}

function line(length: number, valueAt: (step: number) => number): FakeLine {
  const steps = Array.from({ length }, (_, step) => step);
  return { steps, values: steps.map(valueAt) };
}

export const runLines = {
  loss: [{ ...line(200, (step) => 1 / (step + 1)), total: 5000 }],
  diverged: [line(10, (step) => (step < 5 ? step : NaN))],
};

const versionRef = (version: string): Ref => ({
  kind: 'version',
  registry: 'local',
  id: `tumour-classifier/${version}`,
});

function modelVersion(version: string, alias: string): ModelVersion {
  const base = { name: 'tumour-classifier', runId: run.runId, source: 'models:/m-1', status: 'READY' as const };
  return { ...base, version, stage: 'None', description: '', aliases: [alias], tags: [] };
}

const item = (auc: number, recall: number, seed: string): Comparable => ({
  metrics: [metric('auc', auc), metric('recall/under-40', recall), metric('loss', 0.1, 199)],
  params: [
    { key: 'seed', value: seed },
    { key: 'depth', value: '3' },
  ],
  tags: [],
});

export const compareAnswers = {
  content: {
    heads: [
      { ref: versionRef('3'), version: modelVersion('3', 'champion'), run, series: 0 },
      { ref: versionRef('4'), version: modelVersion('4', 'challenger'), run, series: 1 },
    ],
    rows: compareItems([item(0.9931, 0.912, '1'), item(0.994, 0.881, '2')]),
    contract: noContract,
    charted: ['loss'],
    bundle: {},
  },
};

export const compareLines = {
  loss: [line(200, (step) => 1 / (step + 1)), line(150, (step) => 1.1 / (step + 1))],
};

export const metricsAnswers = {
  content: {
    items: [
      { ref: versionRef('3'), label: 'tumour-classifier v3', metrics: item(0.9931, 0.912, '1').metrics },
      { ref: versionRef('4'), label: 'tumour-classifier v4', metrics: item(0.994, 0.881, '2').metrics },
    ],
    more: 0,
    contract: noContract,
    bundle: {},
  },
};
