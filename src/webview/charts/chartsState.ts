import * as l10n from '@vscode/l10n';
import type { ColumnName, FrameKeys } from '../../domain/frame';
import type { Axis } from '../../domain/reduce';

export const chartKinds = ['line', 'bar', 'scatter', 'parallel', 'box', 'contour', 'difference', 'images'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** One chart; what its columns mean goes by its kind (`slotsOf`). */
export interface ChartSpec {
  readonly kind: ChartKind;
  readonly columns: readonly ColumnName[];
}

/** What is saved under a name. */
export interface ChartLayout {
  /** Absent while nobody changed what is shown at first. */
  readonly charts?: readonly ChartSpec[] | undefined;
  readonly axis: Axis;
  readonly logX: boolean;
  readonly logY: boolean;
  /** 0 to 0.99 */
  readonly smoothing: number;
}

/** What a panel keeps of its charts. */
export interface ChartsState extends ChartLayout {
  readonly layouts: Readonly<Record<string, ChartLayout>>;
  /** Share of the width that is the table's. */
  readonly share: number;
  readonly folded?: 'table' | 'charts' | undefined;
}

/** What a person chooses for a chart. */
interface Slot {
  readonly label: string;
  readonly groups: readonly ColumnName['group'][];
}

export function kindWords(kind: ChartKind): string {
  return {
    line: l10n.t('Lines'),
    bar: l10n.t('Bars'),
    scatter: l10n.t('Scatter'),
    parallel: l10n.t('Parallel coordinates'),
    box: l10n.t('Box by group'),
    contour: l10n.t('Contour'),
    difference: l10n.t('Differences'),
    images: l10n.t('Images'),
  }[kind];
}

const anyColumn: readonly ColumnName['group'][] = ['metrics', 'params', 'tags'];

export function slotsOf({ kind, columns }: ChartSpec): readonly Slot[] {
  const metric: Slot = { label: l10n.t('Metric'), groups: ['metrics'] };
  const x: Slot = { label: l10n.t('Across'), groups: anyColumn };
  const y: Slot = { label: l10n.t('Up'), groups: anyColumn };
  switch (kind) {
    case 'line':
    case 'bar':
      return [metric];
    case 'scatter':
      return [x, y];
    case 'box':
      return [metric, { label: l10n.t('Group by'), groups: ['params', 'tags'] }];
    case 'contour':
      return [x, y, metric];
    case 'parallel':
      return columns.map((_, i) => ({ label: l10n.t('Axis {0}', i + 1), groups: anyColumn }));
    default:
      return [];
  }
}

export function chartTitle({ kind, columns }: ChartSpec): string {
  const names = columns.map(({ key }) => key);
  if (kind === 'line' || kind === 'bar') return names[0] ?? '';
  if (kind === 'scatter') return l10n.t('{0} against {1}', names[1] ?? '', names[0] ?? '');
  if (kind === 'box') return l10n.t('{0} by {1}', names[0] ?? '', names[1] ?? '');
  if (kind === 'contour') return l10n.t('{0} over {1} and {2}', names[2] ?? '', names[0] ?? '', names[1] ?? '');
  return kindWords(kind);
}

/** Metrics that are charted at first, and axes of parallel coordinates. */
const firstMetrics = 12;
const firstAxes = 5;

/** What is shown while nobody chose: what separates the runs, then each metric. */
export function firstCharts(keys: FrameKeys, all = false): readonly ChartSpec[] {
  const own = keys.metrics.filter((key) => !key.startsWith('system/'));
  const lines = (all ? keys.metrics : own.slice(0, firstMetrics)).map((key): ChartSpec => lineOf(key));
  if (own.length === 0 || keys.params.length === 0) return lines;
  return [...lines.slice(0, 2), newChart('parallel', keys), ...lines.slice(2)];
}

function lineOf(key: string): ChartSpec {
  return { kind: 'line', columns: [{ group: 'metrics', key }] };
}

/** A chart of a kind with columns that this table has. */
export function newChart(kind: ChartKind, { metrics, params, tags }: FrameKeys): ChartSpec {
  const own = metrics.filter((key) => !key.startsWith('system/'));
  const metric = (i: number): ColumnName => ({ group: 'metrics', key: own[i] ?? own[0] ?? metrics[0] ?? '' });
  const param = (i: number): ColumnName => {
    const key = params[i];
    if (key !== undefined) return { group: 'params', key };
    const tag = tags.find((each) => !each.startsWith('mlflow.'));
    return kind === 'box' && tag !== undefined ? { group: 'tags', key: tag } : metric(i);
  };
  switch (kind) {
    case 'line':
    case 'bar':
      return { kind, columns: [metric(0)] };
    case 'scatter':
      return { kind, columns: [param(0), metric(0)] };
    case 'box':
      return { kind, columns: [metric(0), param(0)] };
    case 'contour':
      return { kind, columns: [param(0), param(1), metric(0)] };
    case 'parallel':
      return {
        kind,
        columns: [...params.slice(0, firstAxes).map((key): ColumnName => ({ group: 'params', key })), metric(0)],
      };
    default:
      return { kind, columns: [] };
  }
}

/** What is usable of a state that was saved by whom ever. */
export function readCharts(saved: unknown): ChartsState {
  const found = recordOf(saved);
  const { share, folded } = found;
  return {
    ...readLayout(saved),
    layouts: readLayouts(found['layouts']),
    share: typeof share === 'number' && share >= 0.1 && share <= 0.9 ? share : 0.5,
    ...((folded === 'table' || folded === 'charts') && { folded }),
  };
}

/** What is usable of the layouts that were saved, by their names. */
export function readLayouts(saved: unknown): ChartsState['layouts'] {
  return Object.fromEntries(Object.entries(recordOf(saved)).map(([name, layout]) => [name, readLayout(layout)]));
}

function readLayout(saved: unknown): ChartLayout {
  const { charts, axis, logX, logY, smoothing } = recordOf(saved);
  return {
    ...(Array.isArray(charts) && { charts: charts.filter(isSpec) }),
    axis: axis === 'time' || axis === 'relative' ? axis : 'step',
    logX: logX === true,
    logY: logY === true,
    smoothing: typeof smoothing === 'number' && smoothing > 0 && smoothing < 1 ? smoothing : 0,
  };
}

function isSpec(value: unknown): value is ChartSpec {
  const { kind, columns } = recordOf(value);
  if (!chartKinds.includes(kind as ChartKind) || !Array.isArray(columns)) return false;
  return columns.every((column) => {
    const { group, key } = recordOf(column);
    return typeof key === 'string' && anyColumn.includes(group as ColumnName['group']);
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
