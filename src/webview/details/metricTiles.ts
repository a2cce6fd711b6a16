import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Direction } from '../../domain/direction';
import type { Metric } from '../../domain/metric';
import type { Axis } from '../../domain/reduce';
import '../charts/linkedCharts';
import '../charts/metricChart';
import type { ReadLines, Save } from '../shared/host';
import { tellNear } from '../shared/observed';
import './metricTile';

/** Tiles of one block: whole rows of one to six columns. */
export const tilesPerBlock = 60;
/** Size of a tile with its gap, px. */
const [tileWidth, tileHeight] = [208, 74];

/**
 * A block of metric tiles, each with its chart below where that is open. A block is filled when it first comes near the
 * visible part of the page, so that a run of thousands of metrics opens as fast as one of ten.
 */
class MetricTiles extends LitElement {
  static override readonly properties = {
    metrics: { attribute: false },
    charted: { attribute: false },
    directionOf: { attribute: false },
    axis: { attribute: false },
    logScale: { attribute: false },
    version: { attribute: false },
    read: { attribute: false },
    save: { attribute: false },
    seen: { state: true },
  };
  declare metrics: readonly Metric[];
  declare charted: readonly string[];
  declare directionOf: (key: string) => Direction | undefined;
  declare axis: Axis;
  declare logScale: boolean;
  declare version: number;
  declare read: ReadLines;
  declare save: Save;
  declare private seen: boolean;

  static override readonly styles = css`
    :host {
      display: block;
    }
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
      grid-auto-flow: row dense;
      gap: 8px;
      padding-bottom: 8px;
    }
    rs-metric-chart {
      grid-column: 1 / -1;
      --rs-chart-height: 220px;
    }
  `;

  constructor() {
    super();
    tellNear(this, 600, (near) => (this.seen ||= near));
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('seen') && !changed.has('metrics')) return;
    const columns = Math.max(1, Math.floor(this.clientWidth / tileWidth));
    const rows = Math.ceil(this.metrics.length / columns);
    this.style.minHeight = this.seen ? '' : `${rows * tileHeight}px`;
  }

  protected override render(): TemplateResult {
    if (!this.seen) return html``;
    const key = ({ key: name }: Metric): string => name;
    return html`<rs-linked-charts class="grid"
      >${repeat(this.metrics, key, (metric) => this.renderMetric(metric))}</rs-linked-charts
    >`;
  }

  private renderMetric(metric: Metric): TemplateResult {
    const { key, value } = metric;
    const open = this.charted.includes(key);
    return html`<rs-metric-tile
        .metric=${metric}
        .direction=${this.directionOf(key)}
        .version=${this.version}
        .read=${this.read}
        ?open=${open}
        @flip=${() => this.dispatchEvent(new CustomEvent('flip', { detail: key }))}
      ></rs-metric-tile>
      ${
        open
          ? html`<rs-metric-chart
              .metric=${key}
              .latest=${value}
              .names=${[{ label: key, series: 0 }]}
              .axis=${this.axis}
              .logScale=${this.logScale}
              .version=${this.version}
              .read=${this.read}
              .save=${this.save}
            ></rs-metric-chart>`
          : ''
      }`;
  }
}

customElements.define('rs-metric-tiles', MetricTiles);
