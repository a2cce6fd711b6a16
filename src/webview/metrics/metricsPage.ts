import * as l10n from '@vscode/l10n';
import { css, html, nothing, type TemplateResult } from 'lit';
import { primaryFirst } from '../../domain/contract';
import { exactNumber, formatNumber } from '../../domain/format';
import type { MetricsContent, MetricsHost, MetricsItem, MetricsState } from '../../panels/metrics/metrics.messages';
import '../charts/linkedCharts';
import '../charts/metricChart';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';
import { seriesClass } from '../shared/theme';

const styles = css`
  :host {
    display: block;
    padding: 4px 8px 8px 12px;
    --rs-chart-height: 96px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    align-items: center;
    justify-content: flex-end;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    min-width: 0;
    flex: 1 1 120px;
  }
  .legend button {
    display: flex;
    gap: 6px;
    align-items: center;
    height: 22px;
    min-width: 0;
    max-width: 100%;
    text-align: start;
  }
  .legend span:last-child {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .legend button:hover {
    text-decoration: underline;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
    gap: 4px 12px;
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    min-height: 22px;
    line-height: 22px;
  }
  .value > :first-child {
    flex: 1 1 auto;
    min-width: 0;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .value .number {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
`;

/** The Metrics view: small charts of what is selected in the trees, each opening the panel. */
class MetricsPageElement extends Page<MetricsHost, MetricsState, MetricsContent> {
  static override readonly properties = { ...Page.properties };
  static override readonly styles = [baseStyles, styles];

  protected override read(signal: AbortSignal): Promise<MetricsContent> {
    return this.host.channel.request('content', {}, signal);
  }

  protected override renderContent({ items, more, contract }: MetricsContent): TemplateResult {
    if (items.length === 0) return emptyWords(l10n.t('Select a run or a model version to see its metrics here.'));
    const keys = [...new Set(items.flatMap(({ metrics }) => metrics.map(({ key }) => key)))].sort();
    const own = primaryFirst(
      contract,
      keys.filter((key) => !key.startsWith('system/')),
    );
    const charted = own.filter((key) => items.some(({ metrics }) => hasHistory(metrics, key)));
    const single = own.filter((key) => !charted.includes(key));
    return html`
      <div class="bar">
        <div class="legend">${items.map((item, series) => this.renderName(item, series))}</div>
        ${charted.length > 0 ? html`<div>${this.renderScaleTools()}</div>` : nothing}
      </div>
      ${more > 0 ? emptyWords(l10n.t('and {0} more', more)) : nothing}
      ${own.length === 0 ? emptyWords(l10n.t('No metrics were logged here.')) : nothing}
      <rs-linked-charts class="charts">${charted.map((key) => this.renderChart(key, items))}</rs-linked-charts>
      ${single.map((key) => this.renderValue(key, items))}
    `;
  }

  private renderName({ ref, label }: MetricsItem, series: number): TemplateResult {
    return html`<button title=${l10n.t('Open {0}', label)} @click=${() => this.act('openRun', [ref])}>
      <span class="swatch ${seriesClass(series)}"></span><span>${label}</span>
    </button>`;
  }

  private renderChart(key: string, items: readonly MetricsItem[]): TemplateResult {
    return html`<rs-metric-chart
      .metric=${key}
      .latest=${items.length === 1 ? valueOf(items[0], key) : undefined}
      .names=${items.map(({ label }, series) => ({ label, series }))}
      .axis=${this.axis}
      .logScale=${this.logScale}
      .version=${this.version}
      .read=${this.readLines}
      .save=${this.host.saveChart}
      .opens=${this.openLabel(items)}
      @open=${() => this.openPanel(items)}
    ></rs-metric-chart>`;
  }

  /** A metric that was logged once is a number, not a chart. */
  private renderValue(key: string, items: readonly MetricsItem[]): TemplateResult {
    return html`<div class="value">
      <button title=${this.openLabel(items)} @click=${() => this.openPanel(items)}>${key}</button>
      ${items.map((item, series) => {
        const value = valueOf(item, key);
        if (value === undefined) return nothing;
        return html`<span class="number" title=${`${item.label}: ${exactNumber(value)}`}
          >${items.length > 1 ? html`<span class="swatch ${seriesClass(series)}"></span>` : nothing}${formatNumber(
            value,
          )}</span
        >`;
      })}
    </div>`;
  }

  private openLabel(items: readonly MetricsItem[]): string {
    return items.length > 1 ? l10n.t('Compare these') : l10n.t('Open {0}', items[0]?.label ?? '');
  }

  private openPanel(items: readonly MetricsItem[]): void {
    this.act(
      items.length > 1 ? 'compare' : 'openRun',
      items.map(({ ref }) => ref),
    );
  }
}

function hasHistory(metrics: MetricsItem['metrics'], key: string): boolean {
  return metrics.some((metric) => metric.key === key && metric.step !== 0);
}

function valueOf(item: MetricsItem | undefined, key: string): number | undefined {
  return item?.metrics.find((metric) => metric.key === key)?.value;
}

customElements.define('rs-metrics', MetricsPageElement);
