import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { Direction } from '../../domain/direction';
import { isCancelled } from '../../domain/errors';
import { exactNumber, formatNumber } from '../../domain/format';
import { extentOf, type Extent, type Metric } from '../../domain/metric';
import { type Axis, type ReducedPoints, xOf } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';
import { readSpread } from '../charts/lineData';
import type { ReadLines } from '../shared/host';
import { tellNear } from '../shared/observed';
import { baseStyles } from '../shared/styles';
import { sparkPath } from './sparkPath';

/** Size of a sparkline, px. */
const [width, height] = [84, 22];
/** Pieces of x that keep their extremes: each draws up to four points. */
const buckets = 42;

interface Curve extends ReducedPoints {
  readonly axis: Axis;
}

/** A metric's latest value, where it went and how far; reads its history while it is near the visible part of the page. */
class MetricTile extends LitElement {
  static override readonly properties = {
    metric: { attribute: false },
    direction: { attribute: false },
    version: { attribute: false },
    read: { attribute: false },
    open: { type: Boolean, reflect: true },
    curve: { state: true },
    failed: { state: true },
  };
  declare metric: Metric;
  /** What is better, where that is known. */
  declare direction: Direction | undefined;
  /** Changes when what was read is out of date. */
  declare version: number;
  declare read: ReadLines;
  declare open: boolean;
  declare private curve: Curve | undefined;
  declare private failed: boolean;
  private visible = false;
  private stale = true;
  private reading: AbortController | undefined;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .tile {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 8px;
        align-items: center;
        width: 100%;
        height: 66px;
        padding: 4px 8px;
        text-align: start;
        border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
        border-radius: 4px;
      }
      button.tile:hover {
        background: var(--vscode-list-hoverBackground);
      }
      :host([open]) .tile {
        border-color: var(--vscode-focusBorder);
      }
      .top {
        display: flex;
        grid-column: 1 / -1;
        gap: 8px;
        align-items: baseline;
        min-width: 0;
      }
      .step {
        flex: none;
        margin-inline-start: auto;
        font-size: 0.85em;
        font-variant-numeric: tabular-nums;
      }
      .key {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .latest {
        font-size: 1.15em;
        font-variant-numeric: tabular-nums;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      svg {
        display: block;
        overflow: visible;
      }
      path {
        fill: none;
        stroke: currentColor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .range {
        grid-column: 1 / -1;
        min-height: 1.4em;
        font-size: 0.85em;
        font-variant-numeric: tabular-nums;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .best {
        color: var(--vscode-foreground);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    tellNear(this, 200, (near) => this.see(near));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('version') && !changed.has('metric')) return;
    this.stale = true;
    if (this.visible) void this.load();
  }

  protected override render(): TemplateResult {
    const { key, value } = this.metric;
    const body = html`
      <span class="top">
        <span class="key" title=${key}><bdi>${key}</bdi></span>
        <span class="step dimmed">${this.renderStep()}</span>
      </span>
      <span class="latest" title=${exactNumber(value)}>${formatNumber(value)}</span>
      ${this.renderLine()}
      <span class="range dimmed">${this.renderRange()}</span>
    `;
    if ((this.curve?.total ?? 0) < 2) return html`<div class="tile">${body}</div>`;
    return html`<button
      class="tile"
      aria-expanded=${this.open ? 'true' : 'false'}
      title=${this.open ? l10n.t('Close the chart of {0}', key) : l10n.t('Open the chart of {0}', key)}
      @click=${() => this.dispatchEvent(new CustomEvent('flip'))}
    >
      ${body}
    </button>`;
  }

  private renderLine(): TemplateResult {
    const { curve } = this;
    const path = curve && curve.total > 1 ? sparkPath(xOf(curve, curve.axis), curve.values, width, height) : '';
    return html`<svg width=${width} height=${height} aria-hidden="true">
      ${path === '' ? nothing : svg`<path class="series-0" d=${path}></path>`}
    </svg>`;
  }

  /** A value that was logged once without a step needs none. */
  private renderStep(): string {
    const { step } = this.metric;
    return step === 0 && (this.curve?.total ?? 0) < 2 ? '' : l10n.t('step {0}', exactNumber(step));
  }

  private renderRange(): TemplateResult | string {
    const { curve } = this;
    if (this.failed) return l10n.t('its history could not be read');
    const extent = curve && curve.total > 1 ? extentOf(curve.values) : undefined;
    return extent ? this.renderExtent(extent) : '';
  }

  private renderExtent({ least, greatest }: Extent): TemplateResult {
    const best = this.direction && (this.direction === 'higher' ? greatest : least);
    const part = (label: string, value: number, isBest: boolean): TemplateResult =>
      html`<span
        class=${isBest ? 'best' : ''}
        title=${isBest ? `${exactNumber(value)} (${l10n.t('best')})` : exactNumber(value)}
        >${label} ${formatNumber(value)}</span
      >`;
    const differ = least !== greatest;
    return html`${part(l10n.t('min'), least, differ && best === least)} ·
    ${part(l10n.t('max'), greatest, differ && best === greatest)}`;
  }

  private see(visible: boolean): void {
    this.visible = visible;
    if (!visible) this.reading?.abort();
    else if (this.stale) void this.load();
  }

  private async load(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    try {
      const asked: ChartRequest = { key: this.metric.key, axis: 'step', buckets };
      const { request, lines } = await readSpread(
        asked,
        (wanted) => this.read(wanted, reading.signal),
        (line) => line,
      );
      if (reading !== this.reading) return;
      this.stale = false;
      this.failed = false;
      this.curve = lines[0] && { ...lines[0], axis: request.axis };
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.failed = true;
    }
  }
}

customElements.define('rs-metric-tile', MetricTile);
