import type { FakeLine } from './panelsPage';
import { hostile } from './panelsSample';
import { runsContent } from './runsSample';

/** Forty runs of a sweep: two params, a metric with a curve, one that was logged once, one that is never a number. */
const length = 40;
const each = <T>(value: (row: number) => T): T[] => Array.from({ length }, (_, row) => value(row));

const auc = each((row) => 0.9 + 0.09 * Math.sin(row / 7) - (row % 5) / 100);
const rates = ['0.1', '0.01', '0.001', '1e-4'];
const optimizers = ['adam', 'sgd', hostile];

const nameOf = (row: number): string =>
  row === 1 ? `${hostile}\nsecond line` : row === 2 ? 'اسم 🦊 run 2' : `run ${row}`;
const content = runsContent(length, nameOf, {
  keys: { metrics: ['auc', 'diverged', 'huge', 'loss'], params: ['depth', 'lr', 'optimizer'], tags: [] },
});

const metric = (key: string, values: readonly number[]): object => ({ key, values, loggedNaN: each(() => 255) });
const param = (key: string, dictionary: readonly string[]): object => ({
  ...{ key, dictionary },
  codes: each((row) => (row * 7 + (row % 3)) % dictionary.length),
});

/** 4 x 3 px, all red. */
const redImage = [
  137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 4, 0, 0, 0, 3, 8, 2, 0, 0, 0, 59, 150, 57, 145,
  0, 0, 0, 16, 73, 68, 65, 84, 120, 156, 99, 248, 207, 192, 0, 71, 12, 56, 57, 0, 245, 49, 11, 245, 53, 123, 251, 130,
  0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

export const chartsAnswers = {
  content,
  'column auc': metric('auc', auc),
  'column diverged': metric(
    'diverged',
    each(() => NaN),
  ),
  'column huge': metric(
    'huge',
    each((row) => (row % 2 ? 1.797e308 : -1.797e308)),
  ),
  'column loss': metric(
    'loss',
    auc.map((value) => 1 - value),
  ),
  'column depth': param('depth', ['2', '3', '5', '8']),
  'column lr': param('lr', rates),
  'column optimizer': param('optimizer', optimizers),
  column: param('none', []),
  images: ['plots/step_1.png'],
  image: redImage,
  saveChart: null,
  saveLayout: null,
};

const curve = (row: number): FakeLine => {
  const steps = Array.from({ length: 200 }, (_, step) => step);
  const noise = (step: number): number => Math.sin(step * 12.9898 + row * 78.233) * 0.04;
  return { steps, values: steps.map((step) => (row + 1) / (step / 8 + row + 1) + noise(step)), total: 20_000 };
};

/** Six runs are charted at first. */
export const chartsLines: Readonly<Record<string, readonly FakeLine[]>> = {
  loss: Array.from({ length: 6 }, (_, row) => curve(row)),
  auc: auc.slice(0, 6).map((value) => ({ steps: [0], values: [value] })),
  diverged: Array.from({ length: 6 }, () => ({ steps: [0, 1, 2], values: [NaN, Infinity, -Infinity] })),
  huge: Array.from({ length: 6 }, (_, row) => ({
    steps: [-5, -5, 0, 2 ** 53],
    values: [1.797e308, -1.797e308, row, 1e308],
  })),
};

/** One chart of each kind, as a panel keeps them. */
export const allCharts = {
  charts: {
    charts: [
      { kind: 'line', columns: [{ group: 'metrics', key: 'loss' }] },
      {
        kind: 'scatter',
        columns: [
          { group: 'params', key: 'lr' },
          { group: 'metrics', key: 'auc' },
        ],
      },
      {
        kind: 'box',
        columns: [
          { group: 'metrics', key: 'auc' },
          { group: 'params', key: 'optimizer' },
        ],
      },
      {
        kind: 'contour',
        columns: [
          { group: 'params', key: 'lr' },
          { group: 'params', key: 'depth' },
          { group: 'metrics', key: 'auc' },
        ],
      },
      {
        kind: 'parallel',
        columns: [
          { group: 'params', key: 'lr' },
          { group: 'params', key: 'depth' },
          { group: 'params', key: 'optimizer' },
          { group: 'metrics', key: 'auc' },
        ],
      },
      { kind: 'difference', columns: [] },
      { kind: 'images', columns: [] },
    ],
    smoothing: 0.8,
    share: 0.35,
  },
};

/** Runs with more metrics than a table of differences looks through. */
export const wideAnswers = {
  ...chartsAnswers,
  content: runsContent(3, nameOf, {
    keys: { metrics: Array.from({ length: 350 }, (_, i) => `metric ${i}`), params: [], tags: [] },
  }),
  column: metric('any', [1, 2, 3]),
};
