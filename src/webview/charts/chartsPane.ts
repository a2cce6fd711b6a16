import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Axis } from '../../domain/reduce';
import { icon } from '../shared/icons';
import { Memo } from '../shared/memo';
import { openMenu } from '../shared/menu';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';
import { seriesAmong } from '../shared/seriesColours';
import { seriesClass } from '../shared/theme';
import { boxOf, toggleButton } from '../shared/buttons';
import './chartCard';
import type { CardEvent } from './chartCard';
import { layoutItems } from './chartLayouts';
import {
  type ChartLayout,
  chartKinds,
  type ChartSpec,
  type ChartsState,
  firstCharts,
  kindWords,
  newChart,
} from './chartsState';
import { paneStyles } from './paneStyles';
import type { ChartRun, ChartSource } from './source';

/** Names that the legend lists at first, and more at each request; the charts draw all. */
const firstNames = 60;

/** All charts of the runs that are in colour, with what they share: axis, scales, smoothing, cursor, legend. */
class ChartsPane extends LitElement {
  static override readonly properties = {
    source: { attribute: false },
    runs: { attribute: false },
    rows: { attribute: false },
    allRows: { attribute: false },
    state: { attribute: false },
    version: { attribute: false },
    highlighted: { attribute: false },
    hiddenRuns: { state: true },
    cursor: { state: true },
    enlarged: { state: true },
    naming: { state: true },
    listed: { state: true },
  };
  static override readonly styles = [baseStyles, paneStyles];
  declare source: ChartSource;
  declare runs: readonly ChartRun[];
  /** That match and are in the brushed ranges. */
  declare rows: Uint32Array;
  /** That match. */
  declare allRows: Uint32Array;
  declare state: ChartsState;
  declare version: number;
  declare highlighted: number | undefined;
  /** Rows whose line the legend takes out of the charts. */
  declare private hiddenRuns: ReadonlySet<number>;
  declare private cursor: number | undefined;
  declare private enlarged: number | undefined;
  declare private naming: boolean;
  /** Names in the legend. */
  declare private listed: number;
  private readonly first = new Memo<readonly ChartSpec[]>();
  private shownRuns: readonly ChartRun[] = [];

  constructor() {
    super();
    this.hiddenRuns = new Set();
    this.listed = firstNames;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('runs') && !changed.has('hiddenRuns')) return;
    const shown = this.runs.filter(({ row }) => !this.hiddenRuns.has(row));
    this.shownRuns = shown.map((run) => ({ ...run, series: seriesAmong(run.series, shown.length) }));
  }

  protected override render(): TemplateResult {
    const specs = this.specs;
    return html`
      <div class="bar">${this.renderTools()}</div>
      ${this.naming ? this.renderNaming() : nothing}
      <div class="legend" role="group" aria-label=${l10n.t('Runs in the charts')}>${this.renderLegend()}</div>
      ${this.renderMissing(specs.length)}
      <div class="charts" @cursor=${(event: CustomEvent<number | undefined>) => (this.cursor = event.detail)}>
        ${specs.map((spec, i) => this.renderCard(spec, i))}
      </div>
      ${this.renderMore()}
      <rs-menu></rs-menu>
    `;
  }

  private get specs(): readonly ChartSpec[] {
    return this.state.charts ?? this.first.get([this.source.keys], () => firstCharts(this.source.keys));
  }

  /** The first thing that a person lacks to see a chart. */
  private renderMissing(charts: number): TemplateResult | typeof nothing {
    if (this.runs.length > 0) return charts > 0 ? nothing : emptyWords(l10n.t('No charts. Add one.'));
    if (this.allRows.length === 0) return emptyWords(l10n.t('No runs to draw.'));
    return emptyWords(l10n.t('Choose runs by the square beside their name.'));
  }

  private renderTools(): TemplateResult {
    const { state } = this;
    const axis = (value: Axis, label: string, title: string): TemplateResult =>
      this.toggle(label, title, state.axis === value, { axis: value });
    return html`
      <button class="toggle" @click=${(event: MouseEvent) => this.openKinds(event)}>
        ${icon('add')} ${l10n.t('Add chart')}
      </button>
      <span class="group">
        ${axis('step', l10n.t('Step'), l10n.t('Draw over steps'))}${axis('time', l10n.t('Time'), l10n.t('Draw over time'))}${axis('relative', l10n.t('Relative'), l10n.t('Draw over the time since the first point'))}
      </span>
      <span class="group">
        ${this.toggle(l10n.t('Log x'), l10n.t('Logarithmic steps'), state.logX, { logX: !state.logX })}${this.toggle(l10n.t('Log y'), l10n.t('Logarithmic values'), state.logY, { logY: !state.logY })}
      </span>
      <label class="smoothing" title=${l10n.t('Smoothing, computed on all points; the points themselves stay behind')}
        >${l10n.t('Smooth')}
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          .value=${String(state.smoothing)}
          @change=${(event: Event) => this.change({ smoothing: Number((event.target as HTMLInputElement).value) })}
        /><span class="number">${state.smoothing.toFixed(2)}</span></label
      >
      <button class="toggle" @click=${(event: MouseEvent) => this.openLayouts(event)}>
        ${l10n.t('Layouts')} ${icon('chevron-down')}
      </button>
    `;
  }

  private toggle(label: string, title: string, pressed: boolean, change: Partial<ChartsState>): TemplateResult {
    return toggleButton(label, title, pressed, () => this.change(change));
  }

  private renderLegend(): TemplateResult {
    const more = this.runs.length - this.listed;
    return html`${this.runs.slice(0, this.listed).map((run) => this.renderName(run))}${
      more > 0
        ? html`<button class="link" @click=${() => (this.listed += firstNames)}>
            ${l10n.t('and {0} more', more)}
          </button>`
        : nothing
    }`;
  }

  private renderName({ row, label, series }: ChartRun): TemplateResult {
    const isShown = !this.hiddenRuns.has(row);
    return html`<button
      class=${row === this.highlighted ? 'name pointed' : 'name'}
      title=${isShown ? l10n.t('Hide {0} in the charts', label) : l10n.t('Show {0} in the charts', label)}
      aria-pressed=${isShown ? 'true' : 'false'}
      @click=${() => this.flip(row)}
      @pointerenter=${() => this.point(row)}
      @pointerleave=${() => this.point(undefined)}
      @focus=${() => this.point(row)}
      @blur=${() => this.point(undefined)}
    >
      <span class="swatch ${seriesClass(seriesAmong(series, this.shownRuns.length))}"></span><bdi>${label}</bdi>
    </button>`;
  }

  private renderCard(spec: ChartSpec, place: number): TemplateResult {
    const isEnlarged = this.enlarged === place;
    const isWide = spec.kind === 'parallel' || spec.kind === 'difference' || spec.kind === 'images';
    return html`<rs-chart-card
      class=${`${isEnlarged ? 'enlarged' : ''} ${isWide ? 'wide' : ''}`}
      .spec=${spec}
      .layout=${this.state}
      .source=${this.source}
      .runs=${this.shownRuns}
      .rows=${this.rows}
      .allRows=${this.allRows}
      .version=${this.version}
      .cursor=${this.cursor}
      .highlighted=${this.highlighted}
      .enlarged=${isEnlarged}
      @card=${(event: CustomEvent<CardEvent>) => this.onCard(place, event.detail)}
    ></rs-chart-card>`;
  }

  private renderMore(): TemplateResult | typeof nothing {
    const { metrics } = this.source.keys;
    const all = firstCharts(this.source.keys, true);
    if (this.state.charts || all.length <= this.specs.length) return nothing;
    return html`<button class="link" @click=${() => this.change({ charts: all })}>
      ${l10n.t('Show all {0} metrics', metrics.length)}
    </button>`;
  }

  private renderNaming(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.saveLayout(event)}>
      <input name="name" aria-label=${l10n.t('Name of the layout')} placeholder=${l10n.t('Name of the layout')} />
      <button class="link">${l10n.t('Save')}</button>
    </form>`;
  }

  private onCard(place: number, event: CardEvent): void {
    const { specs } = this;
    if (event.kind === 'enlarge') this.enlarged = this.enlarged === place ? undefined : place;
    else if (event.kind === 'close') {
      this.enlarged = undefined;
      if (specs[place]?.kind === 'parallel') this.freeTable();
      this.change({ charts: specs.filter((_, i) => i !== place) });
    } else {
      const { spec: changed } = event;
      this.change({ charts: specs.map((spec, i) => (i === place ? changed : spec)) });
    }
  }

  /** With the chart its brushes go. */
  private freeTable(): void {
    this.dispatchEvent(new CustomEvent('brush', { detail: undefined, bubbles: true, composed: true }));
  }

  private openKinds(event: MouseEvent): void {
    const { keys } = this.source;
    const items = chartKinds.map((kind) => ({
      label: kindWords(kind),
      run: () => this.change({ charts: [newChart(kind, keys), ...this.specs] }),
    }));
    openMenu(this.renderRoot, items, boxOf(event));
  }

  private openLayouts(event: MouseEvent): void {
    const items = layoutItems(this.state, {
      apply: (layout) => {
        this.freeTable();
        this.change(layout);
      },
      change: (layouts) => this.change({ layouts }),
      name: () => (this.naming = true),
    });
    openMenu(this.renderRoot, items, boxOf(event));
  }

  private saveLayout(event: SubmitEvent): void {
    event.preventDefault();
    const name = (event.target as HTMLFormElement).querySelector('input')?.value.trim() ?? '';
    this.naming = false;
    if (name === '') return;
    const { axis, logX, logY, smoothing, layouts } = this.state;
    const layout: ChartLayout = { axis, logX, logY, smoothing, charts: this.specs };
    this.change({ layouts: { ...layouts, [name]: layout } });
  }

  private flip(row: number): void {
    const next = new Set(this.hiddenRuns);
    if (!next.delete(row)) next.add(row);
    this.hiddenRuns = next;
  }

  private point(row: number | undefined): void {
    this.dispatchEvent(new CustomEvent('highlight', { detail: row, bubbles: true, composed: true }));
  }

  private change(change: Partial<ChartsState>): void {
    this.dispatchEvent(new CustomEvent('arrange', { detail: change }));
  }
}

customElements.define('rs-charts-pane', ChartsPane);
