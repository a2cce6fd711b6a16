import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { primaryFirst } from '../../domain/contract';
import type { ColumnName, FrameColumn } from '../../domain/frame';
import { refKey } from '../../domain/ref';
import { hasEnded, type RunStatus, runStatuses } from '../../domain/run';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import { type ChartsState, readCharts, readLayouts } from '../charts/chartsState';
import type { ChartRun, ChartSource } from '../charts/source';
import type { Host } from '../shared/host';
import { Memo } from '../shared/memo';
import { joinSeries, type SeriesColours } from '../shared/seriesColours';
import { baseStyles } from '../shared/styles';
import { besideStyles } from './besideStyles';
import { LineCache } from './lineCache';
import { nameOf, refOf, rowsByRun } from './rowValues';

/** Runs that are charted until a person chooses some. */
const firstRuns = 6;
/** Share of the width that a key moves the border by. */
const keyStep = 0.05;

/** What can be done with the selected rows: after them for the keyboard, after the charts where the table is folded. */
const foot = html`<slot name="foot"></slot>`;

/** The table (what is slotted) and its charts, with a border between them that can be moved; each can be folded. */
class ChartsBeside extends LitElement {
  static override readonly properties = {
    content: { attribute: false },
    rows: { attribute: false },
    allRows: { attribute: false },
    colours: { attribute: false },
    host: { attribute: false },
    version: { attribute: false },
    highlighted: { attribute: false },
    ready: { state: true },
    charts: { state: true },
  };
  static override readonly styles = [baseStyles, besideStyles];
  declare content: RunsContent;
  declare rows: Uint32Array;
  declare allRows: Uint32Array;
  /** Nothing while nobody chose: then `colour` tells the first ones. */
  declare colours: SeriesColours | undefined;
  declare host: Host<RunsHost, RunsPanelState>;
  declare version: number;
  declare highlighted: number | undefined;
  /** The charts' own script is loaded when they are first shown. */
  declare private ready: boolean;
  declare private charts: ChartsState;
  private readonly widths = new CSSStyleSheet();
  private readonly rowOf = new Memo<ReturnType<typeof rowsByRun>>();
  private readonly runs = new Memo<readonly ChartRun[]>();
  private readonly source = new Memo<ChartSource>();
  private readonly lines = new LineCache();

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.widths];
    const layouts = readLayouts(this.content.chartLayouts);
    this.charts = { ...readCharts(this.host.state.charts), layouts };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.widths.replaceSync(`.table{flex-basis:${this.charts.share * 100}%}`);
    if (!this.ready && this.charts.folded !== 'charts') void this.loadScript();
    if (changed.has('content') && !this.colours && this.rows.length > 0) this.colourFirst();
  }

  protected override render(): TemplateResult {
    const { folded } = this.charts;
    return html`
      <div class="table" ?hidden=${folded === 'table'}>
        <div class="rows"><slot></slot></div>
        ${folded === 'table' ? nothing : foot}
      </div>
      ${folded ? this.renderOpener(folded) : this.renderBorder()}
      ${
        folded === 'charts'
          ? nothing
          : html`<div class="charts">
              ${this.ready ? this.renderPane() : nothing} ${folded === 'table' ? foot : nothing}
            </div>`
      }
    `;
  }

  private renderOpener(folded: 'table' | 'charts'): TemplateResult {
    const label = folded === 'table' ? l10n.t('Show the table') : l10n.t('Show the charts');
    return html`<button
      class="opener ${folded}"
      title=${label}
      aria-label=${label}
      @click=${() => this.arrange({ folded: undefined })}
    >
      <span>${folded === 'table' ? l10n.t('Table') : l10n.t('Charts')}</span>
    </button>`;
  }

  private renderBorder(): TemplateResult {
    return html`<div
      class="border"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${l10n.t('Width of the table; Home folds the table, End the charts')}
      title=${l10n.t('Drag to resize; at an edge it folds')}
      aria-valuenow=${Math.round(this.charts.share * 100)}
      aria-valuemin="10"
      aria-valuemax="90"
      @pointerdown=${(event: PointerEvent) => this.grab(event)}
      @pointermove=${(event: PointerEvent) => this.drag(event)}
      @dblclick=${() => this.arrange({ share: 0.5 })}
      @keydown=${(event: KeyboardEvent) => this.press(event)}
    ></div>`;
  }

  private renderPane(): TemplateResult {
    return html`<rs-charts-pane
      .source=${this.source.get([this.content], () => this.sourceOf(this.content))}
      .runs=${this.chartedRuns}
      .rows=${this.rows}
      .allRows=${this.allRows}
      .state=${this.charts}
      .version=${this.version}
      .highlighted=${this.highlighted}
      @arrange=${(event: CustomEvent<Partial<ChartsState>>) => this.arrange(event.detail)}
      @open-run=${(event: CustomEvent<number>) => this.openRun(event.detail)}
    ></rs-charts-pane>`;
  }

  private async loadScript(): Promise<void> {
    await import('../charts/chartsPane');
    this.ready = true;
  }

  private arrange(change: { readonly [K in keyof ChartsState]?: ChartsState[K] | undefined }): void {
    this.charts = readCharts({ ...this.charts, ...change });
    this.host.saveState({ charts: this.charts });
    // The state goes with the tab; who closes it wants to find them again.
    if (change.layouts) void this.host.channel.request('saveChartLayouts', { layouts: change.layouts });
  }

  private openRun(row: number): void {
    void this.host.common.request('act', { action: 'openRun', refs: [refOf(this.content, row)] });
  }

  private colourFirst(): void {
    const keys = [...this.rows.subarray(0, firstRuns)].map((row) => refKey(refOf(this.content, row)));
    this.dispatchEvent(new CustomEvent('colour', { detail: joinSeries({}, keys) }));
  }

  /** In the order of joining. */
  private get chartedRuns(): readonly ChartRun[] {
    const { content, colours = {} } = this;
    const rows = this.rowOf.get([content], () => rowsByRun(content));
    return this.runs.get([content, colours], () =>
      Object.entries(colours)
        .flatMap(([key, series]) => {
          const [, registry = '', id = ''] = JSON.parse(key) as string[];
          const row = rows.get(registry)?.get(id);
          return row === undefined ? [] : [{ row, series, label: nameOf(content.attributes, row) }];
        })
        .sort((a, b) => a.series - b.series),
    );
  }

  private sourceOf(content: RunsContent): ChartSource {
    const { channel } = this.host;
    const columns = new Map<string, Promise<FrameColumn>>();
    const runAt = (row: number): { registry: string; runId: string } => {
      const { registry, id } = refOf(content, row);
      return { registry, runId: id };
    };
    const statusOf = (row: number): RunStatus | undefined => runStatuses[content.attributes.statuses[row] ?? 0];
    const read: ChartSource['lines'] = (rows, request, signal) =>
      channel.request('linesOf', { ...request, runs: rows.map(runAt) }, signal);
    return {
      keys: { ...content.keys, metrics: primaryFirst(content.contract, content.keys.metrics) },
      nameOf: (row) => nameOf(content.attributes, row),
      lines: (rows, request, signal) =>
        this.lines.lines(
          JSON.stringify(request),
          rows.map((row) => ({ id: refKey(refOf(content, row)), ended: hasEnded(statusOf(row)) })),
          (places) =>
            read(
              places.map((place) => rows[place] ?? 0),
              request,
              signal,
            ),
        ),
      wholeLines: read,
      column: (name: ColumnName) => {
        const id = JSON.stringify(name);
        const known = columns.get(id) ?? channel.request('column', name);
        columns.set(id, known);
        known.catch(() => columns.delete(id));
        return known;
      },
      images: (row, signal) => channel.request('images', runAt(row), signal),
      image: (row, path, signal) => channel.request('image', { ...runAt(row), path }, signal),
      save: this.host.saveChart,
    };
  }

  /** One below the other in a narrow panel. */
  private get isStacked(): boolean {
    return getComputedStyle(this).flexDirection === 'column';
  }

  private grab(event: PointerEvent): void {
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    if (event.buttons === 0) return;
    const { left, top, width, height } = this.getBoundingClientRect();
    this.moveTo(this.isStacked ? (event.clientY - top) / height : (event.clientX - left) / width);
  }

  private press(event: KeyboardEvent): void {
    const { share } = this.charts;
    const [less, more] = [share - keyStep, share + keyStep];
    const to = { ArrowLeft: less, ArrowUp: less, ArrowRight: more, ArrowDown: more, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.moveTo(to);
  }

  private moveTo(share: number): void {
    if (share < 0.08) this.arrange({ folded: 'table' });
    else if (share > 0.92) this.arrange({ folded: 'charts' });
    else this.arrange({ share: Math.max(0.1, Math.min(0.9, share)) });
  }
}

customElements.define('rs-charts-beside', ChartsBeside);
