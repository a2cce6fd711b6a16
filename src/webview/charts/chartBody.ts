import { html, type TemplateResult } from 'lit';
import { type ChartColumn, chartColumn } from '../../domain/chartColumn';
import type { ReducedPoints } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';
import './barChart';
import type { ChartLayout, ChartSpec } from './chartsState';
import './lineChart';
import type { ZoomRange } from './lineChart';
import type { PlotLine } from './lineData';
import type { ChartRun, ChartSource } from './source';

/** What a chart draws, as it was read. */
export type Body =
  | { readonly kind: 'lines'; readonly request: ChartRequest; readonly lines: readonly PlotLine[] }
  | { readonly kind: 'bars'; readonly metric: string; readonly lines: readonly PlotLine[] }
  | { readonly kind: 'columns'; readonly columns: readonly ChartColumn[] };

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
  const columns = spec.columns.map(async (name) => chartColumn(name, await source.column(name)));
  return { kind: 'columns', columns: await Promise.all(columns) };
}

/** A metric that every run logged once is no line, but bars; on one step, only time spreads it. */
async function readLines(source: ChartSource, asked: Asked, signal: AbortSignal): Promise<Body> {
  const { layout, runs, range, width } = asked;
  const key = asked.spec.columns[0]?.key ?? '';
  const request: ChartRequest = {
    key,
    axis: layout.axis,
    buckets: Math.max(100, Math.round(width)),
    ...(range && { range }),
    ...(layout.logY && { positive: true }),
    ...(layout.smoothing > 0 && { smoothing: layout.smoothing }),
  };
  const rows = runs.map(({ row }) => row);
  const read = async (wanted: ChartRequest): Promise<PlotLine[]> => {
    const points = await source.lines(rows, wanted, signal);
    return runs.flatMap((run, i) => lineOf(run, points[i]));
  };
  const lines = await read(request);
  if (lines.length > 0 && lines.every(({ points }) => points.total === 1)) return { kind: 'bars', metric: key, lines };
  if (layout.axis !== 'step' || !onOneStep(lines)) return { kind: 'lines', request, lines };
  const overTime: ChartRequest = { ...request, axis: 'time' };
  return { kind: 'lines', request: overTime, lines: await read(overTime) };
}

function lineOf(run: ChartRun, points: ReducedPoints | undefined): PlotLine[] {
  return points && points.total > 0 ? [{ ...run, points }] : [];
}

function onOneStep(lines: readonly PlotLine[]): boolean {
  const first = lines[0]?.points.steps[0];
  return lines.length > 0 && lines.every(({ points }) => points.steps.every((step) => step === first));
}

export interface Shown {
  readonly spec: ChartSpec;
  readonly layout: ChartLayout;
  readonly range: ZoomRange;
  readonly cursor: number | undefined;
  readonly highlighted: number | undefined;
  readonly rows: Uint32Array;
  readonly runs: readonly ChartRun[];
  readonly nameOf: (row: number) => string;
  readonly title: string;
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
      @zoom=${(event: CustomEvent<ZoomRange>) => zoom(event.detail)}
    ></rs-line-chart>`;
  }
  if (body.kind === 'bars') {
    const bars = body.lines.map(({ row, label, series, points }) => ({
      ...{ row, label, series, value: points.values[0] ?? NaN },
    }));
    return renderBars(body.metric, bars, shown);
  }
  return renderColumns(body.columns, shown);
}

interface BarInput extends ChartRun {
  readonly value: number;
}

function renderBars(metric: string, bars: readonly BarInput[], { layout, highlighted }: Shown): TemplateResult {
  return html`<rs-bar-chart
    class="plot"
    .metric=${metric}
    .bars=${bars}
    .log=${layout.logY}
    .highlighted=${highlighted}
  ></rs-bar-chart>`;
}

function renderColumns(columns: readonly ChartColumn[], shown: Shown): TemplateResult {
  const [first] = columns;
  const bars = shown.runs.map((run) => ({ ...run, value: first?.values[run.row] ?? NaN }));
  return renderBars(first?.title ?? '', bars, shown);
}
