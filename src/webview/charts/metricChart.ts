import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { exactNumber, formatNumber } from '../../domain/format';
import type { Axis } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';
import type { ReadLines, Save } from '../shared/host';
import type { Drawing } from './chartExports';
import { ChartFrame } from './chartFrame';
import './lineChart';
import { type WholeTable, wholeTable } from './linesTable';
import { bucketsOf, type PlotLine, readSpread, samePoints, shownWords } from './lineData';
import type { ZoomRange } from './linePlaces';

/** Who draws: label and place in the palette, in the order of the panel's items. */
type LineName = Pick<PlotLine, 'label' | 'series'>;

/** What decides what is read. */
const inputs = ['axis', 'logScale', 'version', 'metric'] as const;

interface Drawn {
  /** Answered by `lines`: while another axis is read, the old one stays. */
  readonly request: ChartRequest;
  readonly lines: readonly PlotLine[];
}

/** A metric's name and chart, with a line for each item of the page. */
class MetricChart extends ChartFrame {
  static override readonly properties = {
    ...ChartFrame.properties,
    metric: { attribute: false },
    latest: { attribute: false },
    names: { attribute: false },
    axis: { attribute: false },
    logScale: { attribute: false },
    read: { attribute: false },
    save: { attribute: false },
    version: { attribute: false },
    opens: { attribute: false },
    cursor: { attribute: false },
    highlighted: { attribute: false },
    drawn: { state: true },
  };
  static override readonly styles = [
    ...ChartFrame.styles,
    css`
      .opener {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .opener:hover {
        color: var(--vscode-textLink-activeForeground);
        text-decoration: underline;
      }
    `,
  ];
  declare metric: string;
  /** Shown beside the name; absent where several lines share the chart. */
  declare latest: number | undefined;
  declare names: readonly LineName[];
  declare axis: Axis;
  declare logScale: boolean;
  declare read: ReadLines;
  declare save: Save;
  /** Changes when what was read is out of date. */
  declare version: number;
  /** Where a click on the name leads (`open`); absent where it leads nowhere. */
  declare opens: string | undefined;
  /** x that is pointed at, here or in a chart beside it. */
  declare cursor: number | undefined;
  /** Place of the item that is pointed at. */
  declare highlighted: number | undefined;
  declare private drawn: Drawn | undefined;

  protected override get caption(): string {
    return this.metric;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('axis')) this.range = undefined;
    if (inputs.some((name) => changed.has(name))) this.stale = true;
    if (changed.has('names')) this.rename();
    super.willUpdate(changed);
  }

  protected override renderTitle(): TemplateResult {
    const { metric, latest } = this;
    const name = html`<bdi>${metric}</bdi>`;
    return html`<h3 title=${metric}>${this.opens === undefined ? name : this.renderOpener(this.opens, name)}</h3>
      ${
        latest === undefined
          ? nothing
          : html`<span class="number" title=${exactNumber(latest)}>${formatNumber(latest)}</span>`
      }`;
  }

  private renderOpener(label: string, name: TemplateResult): TemplateResult {
    const open = (): boolean => this.dispatchEvent(new CustomEvent('open'));
    return html`<button class="opener" title=${label} @click=${open}>${name}</button>`;
  }

  protected override renderPlot(): TemplateResult | typeof nothing {
    if (!this.drawn) return nothing;
    const { request, lines } = this.drawn;
    return html`<rs-line-chart
      class="plot"
      .metric=${this.metric}
      .lines=${lines}
      .axis=${request.axis}
      .logY=${request.positive === true}
      .range=${request.range}
      .cursor=${this.cursor}
      .highlighted=${this.highlighted}
      @zoom=${(event: CustomEvent<ZoomRange>) => this.zoom(event.detail)}
    ></rs-line-chart>`;
  }

  protected override footWords(): string {
    return shownWords(this.drawn?.lines ?? []);
  }

  protected override wholeTable(drawing: Drawing, signal: AbortSignal): Promise<WholeTable> {
    if (!this.drawn) return super.wholeTable(drawing, signal);
    const { request, lines } = this.drawn;
    return wholeTable(request, lines, async (each) => {
      const all = await this.read(each, signal);
      return lines.map(({ row }) => all[row]);
    });
  }

  private rename(): void {
    const { drawn, names } = this;
    const isNamed = (line: PlotLine): boolean => {
      const name = names[line.row];
      return line.label === name?.label && line.series === name.series;
    };
    if (!drawn || drawn.lines.every(isNamed)) return;
    this.drawn = { ...drawn, lines: drawn.lines.map((line) => ({ ...line, ...names[line.row] })) };
  }

  protected override async readDrawn(signal: AbortSignal): Promise<() => void> {
    const { metric: key, axis, range, logScale, names } = this;
    const asked: ChartRequest = {
      key,
      axis,
      buckets: bucketsOf(this.clientWidth, names.length),
      ...(range && { range }),
      ...(logScale && { positive: true }),
    };
    const { request, lines: all } = await readSpread(
      asked,
      (each) => this.read(each, signal),
      (points) => points,
    );
    const lines = all.flatMap((points, row) => {
      const name = this.names[row];
      return name ? [{ ...name, row, points }] : [];
    });
    return () => {
      if (!isSame(this.drawn, { request, lines })) this.drawn = { request, lines };
    };
  }
}

/** Most of what is read again is as it was: drawing it anew would take away what the pointer rests on. */
function isSame(a: Drawn | undefined, b: Drawn): boolean {
  return (
    JSON.stringify(a?.request) === JSON.stringify(b.request) &&
    a?.lines.length === b.lines.length &&
    b.lines.every(({ points }, i) => samePoints(points, (a.lines[i] ?? b.lines[i])?.points ?? points))
  );
}

customElements.define('rs-metric-chart', MetricChart);
