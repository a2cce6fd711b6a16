import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import { exactNumber, formatDateTime, formatNumber } from '../../domain/format';
import { type Aligned, alignPoints, type Axis } from '../../domain/reduce';
import { type ChartLine, drawnValue, nearestPoints, summaryOf } from './chartData';
import { chartOptions } from './chartOptions';
import { baseStyles } from './styles';
import { onThemeChange, readTheme, seriesClass } from './theme';
import { uplotStyles } from './uplotStyles';

/** Tells which range of x was dragged over; nothing on a double click. */
export type ZoomEvent = CustomEvent<readonly [number, number] | undefined>;

/** One line chart of one metric: uPlot in theme colours, real points on hover and by arrow keys. */
export class ChartElement extends LitElement {
  static override readonly properties = {
    metric: { attribute: false },
    lines: { attribute: false },
    axis: { attribute: false },
    logScale: { attribute: false },
    range: { attribute: false },
    hovered: { state: true },
  };
  declare metric: string;
  declare lines: readonly ChartLine[];
  declare axis: Axis;
  declare logScale: boolean;
  declare range: readonly [number, number] | undefined;
  /** Position on the common x. */
  declare private hovered: number | undefined;

  private plot: uPlot | undefined;
  private aligned: Aligned = { x: [], lines: [], indices: [] };
  private theme: { dispose(): void } | undefined;
  private readonly resizes = new ResizeObserver(() => this.fit());

  static override readonly styles = [
    baseStyles,
    uplotStyles,
    css`
      :host {
        display: block;
        position: relative;
      }
      .frame {
        height: 100%;
        overflow: hidden;
      }
      .tip {
        position: absolute;
        top: 100%;
        z-index: 5;
        max-width: calc(100% - 8px);
        padding: 2px 6px;
        pointer-events: none;
        font-size: 0.9em;
        font-variant-numeric: tabular-nums;
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        background: var(--vscode-editorHoverWidget-background);
        border: 1px solid var(--vscode-editorHoverWidget-border);
        border-radius: 3px;
        overflow-wrap: anywhere;
      }
      .tip.right {
        right: 4px;
      }
      .tip.left {
        left: 4px;
      }
      .tip div {
        display: flex;
        gap: 6px;
        align-items: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.theme = onThemeChange(() => this.draw());
    this.resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.theme?.dispose();
    this.resizes.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  protected override render(): TemplateResult {
    return html`
      <div
        class="frame"
        role="img"
        tabindex="0"
        aria-label=${summaryOf(this.metric, this.lines, this.axis)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        @blur=${() => this.moveTo(undefined)}
      ></div>
      ${this.renderTip()}
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (['lines', 'axis', 'logScale', 'range'].some((name) => changed.has(name))) this.draw();
  }

  private renderTip(): TemplateResult | typeof nothing {
    const { hovered, plot } = this;
    if (hovered === undefined || !plot) return nothing;
    const onLeft = plot.valToPos(this.aligned.x[hovered] ?? 0, 'x') > plot.over.clientWidth / 2;
    const nearest = nearestPoints(this.aligned, hovered);
    return html`<div class="tip ${onLeft ? 'left' : 'right'}" role="status">
      ${this.lines.map((line, index) => this.renderPoint(line, nearest[index] ?? -1))}
    </div>`;
  }

  private renderPoint({ label, series, points }: ChartLine, index: number): TemplateResult | typeof nothing {
    if (index < 0) return nothing;
    const step = l10n.t('step {0}', exactNumber(points.steps[index]));
    const several = this.lines.length > 1;
    return html`<div>
      <span class="swatch ${seriesClass(series)}"></span>
      <span>
        <b>${exactNumber(points.values[index])}</b>
        ${several ? html` ${label}` : nothing}
        <span class="dimmed">${step} · ${formatDateTime(points.timestamps[index])}</span>
      </span>
    </div>`;
  }

  private draw(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    if (!frame || frame.clientWidth === 0) return;
    this.plot?.destroy();
    this.aligned = alignPoints(
      this.lines.map(({ points }) => points),
      this.axis,
    );
    const options = chartOptions({
      ...{ theme: readTheme(), lines: this.lines, axis: this.axis, logScale: this.logScale, range: this.range },
      ...{ width: frame.clientWidth, height: frame.clientHeight, format: formatNumber },
      onHover: (position) => this.show(position),
      onZoom: (range) => this.dispatchEvent(new CustomEvent('zoom', { detail: range })),
    });
    const columns = this.aligned.lines.map((line) => line.map((value) => drawnValue(value, this.logScale)));
    this.plot = new uPlot(options, [this.aligned.x, ...columns], frame);
  }

  private fit(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    if (!frame || frame.clientWidth === 0) return;
    if (this.plot) this.plot.setSize({ width: frame.clientWidth, height: frame.clientHeight });
    else this.draw();
  }

  private show(position: number | undefined): void {
    if (this.hovered !== position) this.hovered = position;
  }

  private onKey(event: KeyboardEvent): void {
    const last = this.aligned.x.length - 1;
    const from = this.hovered ?? (event.key === 'ArrowLeft' ? last + 1 : -1);
    const target = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') this.moveTo(undefined);
    if (target === undefined) return;
    event.preventDefault();
    this.moveTo(Math.max(0, Math.min(last, target)));
  }

  private moveTo(position: number | undefined): void {
    const { plot } = this;
    if (!plot) return;
    const left = position === undefined ? -10 : plot.valToPos(this.aligned.x[position] ?? 0, 'x');
    plot.setCursor({ left, top: position === undefined ? -10 : 0 }, false);
    this.show(position);
  }
}

customElements.define('rs-chart', ChartElement);
