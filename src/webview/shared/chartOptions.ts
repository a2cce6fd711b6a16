import type uPlot from 'uplot';
import type { Axis } from '../../domain/reduce';
import type { ChartLine } from './chartData';
import { seriesStroke, type Theme } from './theme';

export interface ChartOptions {
  readonly theme: Theme;
  readonly lines: readonly ChartLine[];
  readonly axis: Axis;
  readonly logScale: boolean;
  readonly range: readonly [number, number] | undefined;
  readonly width: number;
  readonly height: number;
  readonly format: (value: number) => string;
  /** Position on the x of all lines; nothing when the pointer leaves. */
  readonly onHover: (position: number | undefined) => void;
  /** A dragged range of x; nothing to see all again. */
  readonly onZoom: (range: readonly [number, number] | undefined) => void;
}

/** A drag narrower than this is a click. */
const leastDrag = 5;

export function chartOptions(options: ChartOptions): uPlot.Options {
  const { theme, lines, axis, logScale, range, width, height } = options;
  return {
    width,
    height,
    ms: 1,
    legend: { show: false },
    padding: [6, 8, 0, 0],
    scales: {
      x: { time: axis === 'time', ...(range && { range: [range[0], range[1]] as [number, number] }) },
      y: { ...(logScale && logarithmic) },
    },
    axes: [axisX(options), axisY(options)],
    series: [{}, ...lines.map(({ series }) => lineStyle(theme, series))],
    cursor: {
      y: false,
      points: { show: lines.length === 1, size: 6 },
      drag: { x: true, y: false, setScale: false, dist: leastDrag },
      bind: { dblclick: () => () => (options.onZoom(undefined), null) },
    },
    hooks: {
      setCursor: [(plot) => options.onHover(isOver(plot) ? (plot.cursor.idx ?? undefined) : undefined)],
      setSelect: [(plot) => onSelect(plot, options)],
    },
  };
}

/** uPlot's own name for it is a `const enum`, which has no value at run time. */
const logarithmic = { distr: 3 };

function isOver({ cursor }: uPlot): boolean {
  return (cursor.left ?? -1) >= 0;
}

function onSelect(plot: uPlot, { onZoom }: ChartOptions): void {
  const { left, width } = plot.select;
  if (width < leastDrag) return;
  onZoom([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function lineStyle(theme: Theme, series: number): uPlot.Series {
  const { color, dash } = seriesStroke(theme, series);
  return { stroke: color, width: 1.5, ...(dash.length > 0 && { dash }), points: { size: 4, fill: color } };
}

function axisX({ theme, axis, format }: ChartOptions): uPlot.Axis {
  const shared = {
    stroke: theme.dimmed,
    font: theme.font,
    grid: { show: false },
    ticks: { show: false },
    size: 20,
    gap: 2,
  };
  if (axis === 'time') return { ...shared, space: 70 };
  return { ...shared, space: 50, incrs: wholeSteps, values: (_plot, splits) => splits.map(format) };
}

function axisY({ theme, format }: ChartOptions): uPlot.Axis {
  return {
    stroke: theme.dimmed,
    font: theme.font,
    gap: 4,
    space: 28,
    grid: { stroke: withAlpha(theme.grid), width: 1 },
    ticks: { show: false },
    values: (_plot, splits) => tickTexts(splits, format),
    size: (_plot, values) => 10 + 6.5 * Math.max(3, ...((values as string[] | null) ?? []).map((text) => text.length)),
  };
}

/** One number of decimals for all ticks; uPlot leaves out ticks of a logarithmic axis as null. */
function tickTexts(splits: readonly (number | null)[], format: (value: number) => string): string[] {
  const plain = (value: number): boolean => value === 0 || (Math.abs(value) < 1e5 && Math.abs(value) >= 1e-4);
  const shown = splits.filter((split) => split !== null);
  const decimals = Math.max(0, ...shown.filter(plain).map(decimalsOf));
  return splits.map((split) => {
    if (split === null) return '';
    return plain(split) ? split.toFixed(decimals).replace('-', '\u2212') : format(split);
  });
}

/** Of 0.30000000000000004 one. */
function decimalsOf(value: number): number {
  return String(Number(value.toPrecision(8))).split('.')[1]?.length ?? 0;
}

/** A step is a whole number: no ticks between two of them. */
const wholeSteps = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

/** Grid lines stay behind the data; colours of themes come as #rgb(a) or rgb(a). */
function withAlpha(color: string): string {
  return /^#[0-9a-f]{6}$/i.test(color) ? `${color}80` : color;
}
