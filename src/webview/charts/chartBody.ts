import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { html as staticHtml, literal } from 'lit/static-html.js';
import type { BrushRanges } from '../../domain/brush';
import { type ChartColumn, chartColumn } from '../../domain/chartColumn';
import { mostPoints } from '../../domain/contour';
import { formatNumber } from '../../domain/format';
import type { ColumnName } from '../../domain/frame';
import type { ReducedPoints } from '../../domain/reduce';
import { metricAt } from '../../domain/runTable';
import type { ChartRequest } from '../../panels/webview.messages';
import type { Bar } from './barChart';
import './barChart';
import './boxChart';
import type { ChartKind, ChartLayout, ChartSpec } from './chartsState';
import './contourChart';
import './differenceTable';
import './imageGrid';
import './lineChart';
import type { ZoomRange } from './linePlaces';
import { bucketsOf, type PlotLine, readSpread, samePoints, shownWords } from './lineData';
import './parallelChart';
import './scatterChart';
import type { ChartRun, ChartSource } from './source';

/** What a chart draws, as it was read. */
export type Body =
  | { readonly kind: 'lines'; readonly request: ChartRequest; readonly lines: readonly PlotLine[] }
  /** Made when they are read: a chart whose bars are other ones is drawn anew, which no pointer may cause. */
  | { readonly kind: 'bars'; readonly metric: string; readonly bars: readonly Bar[] }
  | {
      readonly kind: 'columns';
      readonly columns: readonly ChartColumn[];
      /** How many there are to look through, of which these are the first. */
      readonly of: number;
    }
  | { readonly kind: 'images' };

/** Columns that a difference table looks through. */
const mostCompared = 300;

export interface Asked {
  readonly spec: ChartSpec;
  readonly layout: ChartLayout;
  readonly runs: readonly ChartRun[];
  readonly range: ZoomRange;
  readonly width: number;
}

export async function readBody(source: ChartSource, asked: Asked, signal: AbortSignal): Promise<Body> {
  const { spec } = asked;
  if (spec.kind === 'line') return readLines(source, asked, signal);
  if (spec.kind === 'images') return { kind: 'images' };
  if (spec.kind === 'bar') return readBars(source, asked);
  const names = spec.kind === 'difference' ? allColumns(source) : spec.columns;
  const columns = names.slice(0, mostCompared).map(async (name) => chartColumn(name, await source.column(name)));
  return { kind: 'columns', columns: await Promise.all(columns), of: names.length };
}

async function readBars(source: ChartSource, { spec, runs }: Asked): Promise<Body> {
  const [name] = spec.columns;
  if (!name) return { kind: 'bars', metric: '', bars: [] };
  const column = chartColumn(name, await source.column(name));
  const bars = runs.map((run) => ({ ...run, value: metricAt(column, run.row) }));
  return { kind: 'bars', metric: column.title, bars };
}

function allColumns({ keys: { params, metrics } }: ChartSource): readonly ColumnName[] {
  return [
    ...params.map((key): ColumnName => ({ group: 'params', key })),
    ...metrics.map((key): ColumnName => ({ group: 'metrics', key })),
  ];
}

/** A metric that every run logged once is no line, but bars; on one step, only time spreads it. */
async function readLines(source: ChartSource, asked: Asked, signal: AbortSignal): Promise<Body> {
  const { layout, runs, range, width } = asked;
  const key = asked.spec.columns[0]?.key ?? '';
  const request: ChartRequest = {
    key,
    axis: layout.axis,
    buckets: bucketsOf(width, runs.length),
    ...(range && { range }),
    ...(layout.logX && { byFactor: true }),
    ...(layout.logY && { positive: true }),
    ...(layout.smoothing > 0 && { smoothing: layout.smoothing }),
  };
  const rows = runs.map(({ row }) => row);
  const read = async (wanted: ChartRequest): Promise<PlotLine[]> => {
    const points = await source.lines(rows, wanted, signal);
    return runs.flatMap((run, i) => lineOf(run, points[i]));
  };
  const drawn = await readSpread(request, read, ({ points }) => points);
  const { lines } = drawn;
  if (lines.length > 0 && lines.every(({ points }) => points.total === 1)) {
    return {
      kind: 'bars',
      metric: key,
      bars: lines.map(({ points, ...run }) => ({ ...run, value: points.values[0] ?? NaN })),
    };
  }
  return { kind: 'lines', ...drawn };
}

/** Most of what is read again of a live run's neighbours is as it was: drawing it anew would take a tip from its pointer. */
export function isSameBody(a: Body | undefined, b: Body): boolean {
  if (a?.kind !== 'lines' || b.kind !== 'lines' || a.lines.length !== b.lines.length) return false;
  if (JSON.stringify(a.request) !== JSON.stringify(b.request)) return false;
  return a.lines.every((line, i) => {
    const other = b.lines[i];
    const isNamedAlike = other?.row === line.row && other.series === line.series && other.label === line.label;
    return isNamedAlike && (other.points === line.points || samePoints(other.points, line.points));
  });
}

function lineOf(run: ChartRun, points: ReducedPoints | undefined): PlotLine[] {
  return points && points.total > 0 ? [{ ...run, points }] : [];
}

/** What a chart leaves out, where it does: never silently. */
export function footWords(body: Body, kind: ChartKind, rows: Uint32Array): string {
  if (body.kind === 'lines') return shownWords(body.lines);
  if (body.kind !== 'columns') return '';
  const { columns, of } = body;
  if (of > columns.length) return l10n.t('The first {0} of {1} params and metrics', columns.length, of);
  const placed = withAPlace.includes(kind) ? placedRows(columns, rows) : rows.length;
  return [
    // Of other kinds the chart itself says that it shows none.
    placed < rows.length && (placed > 0 || kind === 'parallel')
      ? l10n.t('{0} of {1} runs have all values', formatNumber(placed), formatNumber(rows.length))
      : '',
    kind === 'contour' && placed > mostPoints
      ? l10n.t('Drawn through at most {0} of {1} runs', mostPoints, placed)
      : '',
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

/** Charts that show a run, or all of its line, only where it has a value of each column. */
const withAPlace: readonly ChartKind[] = ['scatter', 'box', 'contour', 'parallel'];

function placedRows(columns: readonly ChartColumn[], rows: Uint32Array): number {
  let count = 0;
  for (const row of rows) if (columns.every(({ values }) => Number.isFinite(values[row]))) count++;
  return count;
}

export interface Shown {
  readonly spec: ChartSpec;
  readonly layout: ChartLayout;
  readonly range: ZoomRange;
  readonly cursor: number | undefined;
  readonly highlighted: number | undefined;
  /** That match and are in the brushed ranges. */
  readonly rows: Uint32Array;
  /** That match. */
  readonly allRows: Uint32Array;
  readonly ranges: BrushRanges;
  readonly keepRanges: (event: CustomEvent<BrushRanges>) => void;
  readonly source: ChartSource;
  readonly runs: readonly ChartRun[];
  readonly nameOf: (row: number) => string;
}

export function renderBody(body: Body, shown: Shown, zoom: (range: ZoomRange) => void): TemplateResult {
  const { layout, range, cursor, highlighted } = shown;
  if (body.kind === 'lines') {
    return html`<rs-line-chart
      class="plot"
      .metric=${body.request.key}
      .lines=${body.lines}
      .axis=${body.request.axis}
      .logX=${layout.logX}
      .logY=${layout.logY}
      .range=${range}
      .cursor=${cursor}
      .highlighted=${highlighted}
      ?unchosen=${shown.runs.length === 0}
      @zoom=${(event: CustomEvent<ZoomRange>) => zoom(event.detail)}
    ></rs-line-chart>`;
  }
  if (body.kind === 'images') {
    return html`<rs-image-grid class="plot" .runs=${shown.runs} .source=${shown.source}></rs-image-grid>`;
  }
  if (body.kind === 'bars') return renderBars(body.metric, body.bars, shown);
  return renderColumns(body.columns, shown);
}

function renderBars(metric: string, bars: readonly Bar[], { layout, highlighted }: Shown): TemplateResult {
  return html`<rs-bar-chart
    class="plot"
    .metric=${metric}
    .bars=${bars}
    .log=${layout.logY}
    .highlighted=${highlighted}
  ></rs-bar-chart>`;
}

/** Charts of columns over runs, which are told the same. */
const rowsPlots = {
  scatter: literal`rs-scatter-chart`,
  box: literal`rs-box-chart`,
  contour: literal`rs-contour-chart`,
  parallel: literal`rs-parallel-chart`,
};

function renderColumns(columns: readonly ChartColumn[], shown: Shown): TemplateResult {
  const { spec, rows, allRows, runs, nameOf, highlighted, ranges, keepRanges } = shown;
  if (spec.kind === 'difference')
    return html`<rs-difference-table class="plot" .columns=${columns} .runs=${runs}></rs-difference-table>`;
  const tag = rowsPlots[spec.kind as keyof typeof rowsPlots];
  return staticHtml`<${tag}
    class="plot"
    .columns=${columns}
    .rows=${spec.kind === 'parallel' ? allRows : rows}
    .runs=${runs}
    .nameOf=${nameOf}
    .highlighted=${highlighted}
    .ranges=${ranges}
    @ranges=${keepRanges}
  ></${tag}>`;
}
