import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled } from '../../domain/errors';
import { exactNumber, formatDateTime, formatNumber } from '../../domain/format';
import type { Axis, ReducedPoints } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';
import type { ReadLines } from '../shared/host';
import { icon } from '../shared/icons';
import '../shared/states';
import { baseStyles } from '../shared/styles';
import './lineChart';
import type { ZoomRange } from './linePlaces';
import { onOneStep, type PlotLine, samePoints, shownWords } from './lineData';

/** Who draws: label and place in the palette, in the order of the panel's items. */
type LineName = Pick<PlotLine, 'label' | 'series'>;

/** Rows of "show as table"; a table of everything would freeze the page. */
const tableRows = 500;

/** A metric's name and chart. It reads and draws only while it is near the visible part of the page. */
class MetricChart extends LitElement {
  static override readonly properties = {
    metric: { attribute: false },
    latest: { attribute: false },
    names: { attribute: false },
    axis: { attribute: false },
    logScale: { attribute: false },
    read: { attribute: false },
    version: { attribute: false },
    opens: { attribute: false },
    lines: { state: true },
    drawn: { state: true },
    error: { state: true },
    asTable: { state: true },
    pointed: { state: true },
  };
  declare metric: string;
  /** Shown beside the name; absent where several lines share the chart. */
  declare latest: number | undefined;
  declare names: readonly LineName[];
  declare axis: Axis;
  declare logScale: boolean;
  declare read: ReadLines;
  /** Changes when what was read is out of date. */
  declare version: number;
  /** Where a click on the name leads (`open`); absent where it leads nowhere. */
  declare opens: string | undefined;
  declare private lines: readonly PlotLine[] | undefined;
  /** What `lines` answer to: while another axis is read, the old one stays. */
  declare private drawn: ChartRequest | undefined;
  declare private error: unknown;
  declare private asTable: boolean;
  /** Place of the line that is pointed at. */
  declare private pointed: number | undefined;

  private visible = false;
  /** What is drawn answers to something else by now. */
  private stale = false;
  private range: ZoomRange;
  private reading: AbortController | undefined;
  private readonly watcher = new IntersectionObserver(([entry]) => this.see(entry?.isIntersecting === true), {
    rootMargin: '200px',
  });

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .head {
        display: flex;
        gap: 8px;
        align-items: center;
        min-height: 22px;
      }
      h3 {
        flex: 1 1 auto;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .body {
        height: var(--rs-chart-height, 160px);
      }
      .table {
        overflow: auto;
      }
      rs-line-chart {
        height: 100%;
      }
      .foot {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        min-height: 1.2em;
        font-size: 0.85em;
      }
      .opener {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .opener:hover {
        color: var(--vscode-textLink-activeForeground);
        text-decoration: underline;
      }
      .foot:empty {
        display: none;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
    this.see(false);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('axis')) this.range = undefined;
    if (['axis', 'logScale', 'version', 'metric'].some((name) => changed.has(name))) this.renew();
    if (changed.has('names') && changed.get('names') !== undefined) this.rename();
  }

  protected override render(): TemplateResult {
    const tableLabel = l10n.t('Show {0} as table', this.metric);
    return html`
      <div class="head">
        <h3 title=${this.metric}>${this.opens === undefined ? this.metric : this.renderOpener(this.opens)}</h3>
        ${
          this.latest === undefined
            ? nothing
            : html`<span class="number" title=${exactNumber(this.latest)}>${formatNumber(this.latest)}</span>`
        }
        <button
          class="icon-button"
          title=${tableLabel}
          aria-label=${tableLabel}
          aria-pressed=${this.asTable ? 'true' : 'false'}
          @click=${() => (this.asTable = !this.asTable)}
        >
          ${icon('table')}
        </button>
      </div>
      <div class="body ${this.asTable ? 'table' : ''}">${this.renderBody()}</div>
      <div class="foot dimmed">${this.renderFoot()}</div>
    `;
  }

  private renderOpener(label: string): TemplateResult {
    const open = (): boolean => this.dispatchEvent(new CustomEvent('open'));
    return html`<button class="opener" title=${label} @click=${open}>${this.metric}</button>`;
  }

  private renderBody(): TemplateResult | typeof nothing {
    if (this.error !== undefined)
      return html`<rs-error small .error=${this.error} @retry=${() => this.load()}></rs-error>`;
    const { drawn, lines } = this;
    if (!lines || !drawn || !this.visible) return nothing;
    if (this.asTable) return this.renderTable(lines);
    return html`<rs-line-chart
      .metric=${this.metric}
      .lines=${lines}
      .axis=${drawn.axis}
      .logY=${drawn.positive === true}
      .range=${drawn.range}
      .highlighted=${this.pointed}
      @highlight=${(event: CustomEvent<number | undefined>) => (this.pointed = event.detail)}
      @zoom=${(event: CustomEvent<ZoomRange>) => this.zoom(event.detail)}
    ></rs-line-chart>`;
  }

  private renderFoot(): TemplateResult | typeof nothing {
    const words = shownWords(this.lines ?? [], this.range !== undefined);
    if (!words && !this.range) return nothing;
    return html`<span>${words}</span>${
        this.range
          ? html`<button class="link" @click=${() => this.zoom(undefined)}>${l10n.t('Show all')}</button>`
          : nothing
      }`;
  }

  private renderTable(lines: readonly PlotLine[]): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          ${lines.length > 1 ? html`<th scope="col">${l10n.t('Run')}</th>` : nothing}
          <th scope="col" class="number">${l10n.t('Step')}</th>
          <th scope="col" class="number">${l10n.t('Value')}</th>
          <th scope="col">${l10n.t('Time')}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map((line) => this.renderRows(line, lines.length > 1, Math.ceil(tableRows / lines.length)))}
      </tbody>
    </table>`;
  }

  private renderRows({ label, points }: PlotLine, several: boolean, most: number): TemplateResult[] {
    return Array.from(
      points.values.subarray(0, most),
      (value, i) =>
        html`<tr>
          ${several ? html`<td>${label}</td>` : nothing}
          <td class="number">${exactNumber(points.steps[i])}</td>
          <td class="number">${exactNumber(value)}</td>
          <td class="dimmed">${formatDateTime(points.timestamps[i])}</td>
        </tr>`,
    );
  }

  private see(visible: boolean): void {
    this.visible = visible;
    if (!visible) this.reading?.abort();
    else if (this.stale || (!this.lines && this.error === undefined)) void this.load();
    this.requestUpdate();
  }

  private renew(): void {
    this.stale = true;
    if (this.visible) void this.load();
  }

  private zoom(range: ZoomRange): void {
    this.range = range;
    void this.load();
  }

  private rename(): void {
    this.lines = this.lines?.map((line, index) => ({ ...line, ...this.names[index] }));
  }

  private async load(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    const { metric: key, axis, range } = this;
    const buckets = Math.max(100, Math.round(this.clientWidth));
    const asked: ChartRequest = {
      key,
      axis,
      buckets,
      ...(range && { range }),
      ...(this.logScale && { positive: true }),
    };
    try {
      const { request, points } = await this.readDrawable(asked, reading.signal);
      if (reading !== this.reading) return;
      this.stale = false;
      this.error = undefined;
      if (this.isDrawn(request, points)) return;
      this.lines = points.flatMap((line, index) => {
        const name = this.names[index];
        return name ? [{ ...name, row: index, points: line }] : [];
      });
      this.drawn = request;
      this.dispatchEvent(new CustomEvent('lines', { detail: { key, lines: this.lines } }));
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.error = error;
    }
  }

  /** Most of what is read again is as it was: drawing it anew would take away what the pointer rests on. */
  private isDrawn(request: ChartRequest, points: readonly ReducedPoints[]): boolean {
    const same = JSON.stringify(request) === JSON.stringify(this.drawn) && this.lines?.length === points.length;
    return (
      same &&
      points.every((line, i) => {
        const drawn = this.lines?.[i];
        return drawn !== undefined && samePoints(line, drawn.points);
      })
    );
  }

  /** What was logged without steps lies on one step: only time spreads it. */
  private async readDrawable(
    asked: ChartRequest,
    signal: AbortSignal,
  ): Promise<{ readonly request: ChartRequest; readonly points: readonly ReducedPoints[] }> {
    const points = await this.read(asked, signal);
    if (asked.axis !== 'step' || !onOneStep(points) || points.every(({ total }) => total < 2))
      return { request: asked, points };
    const request: ChartRequest = { ...asked, axis: 'time' };
    return { request, points: await this.read(request, signal) };
  }
}

customElements.define('rs-metric-chart', MetricChart);
