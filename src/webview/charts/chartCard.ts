import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { BrushRanges } from '../../domain/brush';
import { isCancelled } from '../../domain/errors';
import type { ColumnName } from '../../domain/frame';
import { icon, type IconName } from '../shared/icons';
import { Memo } from '../shared/memo';
import '../shared/states';
import { baseStyles } from '../shared/styles';
import { type Body, footWords, isSameBody, readBody, renderBody } from './chartBody';
import { cardStyles } from './cardStyles';
import { type ChartLayout, type ChartSpec, chartTitle, slotsOf } from './chartsState';
import { contentOf, type Drawing, drawingOf, type ExportKind, renderExports, tableOf } from './chartExports';
import { renderTable } from './chartTable';
import type { ZoomRange } from './linePlaces';
import type { ChartRun, ChartSource } from './source';

/** What decides what is read. */
const inputs = ['spec', 'layout', 'runs', 'version', 'source'] as const;

/** What a person does with a chart; a pane listens for `card`. */
export type CardEvent =
  { readonly kind: 'change'; readonly spec: ChartSpec } | { readonly kind: 'close' } | { readonly kind: 'enlarge' };

/** One chart with its title, choices, export and table. It reads and draws only while it is near what is seen. */
export class ChartCard extends LitElement {
  static override readonly properties = {
    spec: { attribute: false },
    layout: { attribute: false },
    source: { attribute: false },
    runs: { attribute: false },
    rows: { attribute: false },
    allRows: { attribute: false },
    ranges: { state: true },
    version: { attribute: false },
    cursor: { attribute: false },
    highlighted: { attribute: false },
    enlarged: { attribute: false },
    body: { state: true },
    error: { state: true },
    visible: { state: true },
    asTable: { state: true },
    choosing: { state: true },
    exporting: { state: true },
  };
  static override readonly styles = [baseStyles, cardStyles];
  declare spec: ChartSpec;
  declare layout: ChartLayout;
  declare source: ChartSource;
  /** In colour. */
  declare runs: readonly ChartRun[];
  /** That match and are in the brushed ranges, in the order of the table. */
  declare rows: Uint32Array;
  /** That match. */
  declare allRows: Uint32Array;
  /** Kept here: the chart itself goes when it is scrolled away. */
  declare private ranges: BrushRanges;
  /** Another one where what was read is out of date. */
  declare version: number;
  declare cursor: number | undefined;
  declare highlighted: number | undefined;
  declare enlarged: boolean;
  declare private body: Body | undefined;
  declare private error: unknown;
  declare private visible: boolean;
  declare private asTable: boolean;
  declare private choosing: boolean;
  declare private exporting: boolean;
  private range: ZoomRange;
  /** What decides what is read. */
  private asked = '';
  private stale = true;
  private reading: AbortController | undefined;
  private readonly foot = new Memo<string>();
  private readonly watcher = new IntersectionObserver(
    (entries) => (this.visible = entries.at(-1)?.isIntersecting === true),
    { rootMargin: '200px' },
  );

  constructor() {
    super();
    this.ranges = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
    this.reading?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('layout');
    if (before && before.axis !== this.layout.axis) this.range = undefined;
    if (inputs.some((name) => changed.has(name))) this.ask(changed.has('source'));
    if (this.visible && this.stale) void this.load();
  }

  /** Not for each move of a pointer: thousands of runs are compared. */
  private ask(another: boolean): void {
    const { spec, layout, runs, version } = this;
    const drawn = runs.map(({ row, series }) => [row, series]);
    const asked = JSON.stringify([spec, layout.axis, layout.logY, layout.smoothing, drawn, version]);
    if (asked !== this.asked || another) this.stale = true;
    this.asked = asked;
  }

  protected override render(): TemplateResult {
    const title = chartTitle(this.spec);
    const isTable = this.spec.kind === 'difference';
    return html`
      <div class="head">
        <h3 title=${title}><bdi>${title}</bdi></h3>
        <div class="buttons">
          ${slotsOf(this.spec).length > 0 ? this.button('settings-gear', l10n.t('Choose what {0} shows', title), () => (this.choosing = !this.choosing), this.choosing) : nothing}
          ${isTable ? nothing : this.button('table', l10n.t('Show {0} as table', title), () => (this.asTable = !this.asTable), this.asTable)}
          ${this.button('desktop-download', l10n.t('Export {0}', title), () => (this.exporting = !this.exporting), this.exporting)}
          ${this.button('screen-full', l10n.t('Enlarge {0}', title), () => this.tell({ kind: 'enlarge' }), this.enlarged)}
          ${this.button('close', l10n.t('Remove {0}', title), () => this.tell({ kind: 'close' }))}
        </div>
      </div>
      ${this.exporting ? renderExports(this.drawing, (kind) => void this.export(kind)) : nothing}
      ${this.choosing ? this.renderSlots() : nothing}
      <div class="body ${this.asTable || isTable || this.spec.kind === 'images' ? 'scroll' : ''}">
        ${this.renderBody(title)}
      </div>
      <div class="foot dimmed">${this.renderFoot()}</div>
    `;
  }

  private button(name: IconName, label: string, act: () => void, pressed?: boolean): TemplateResult {
    return html`<button
      class="icon-button"
      title=${label}
      aria-label=${label}
      aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'}
      @click=${act}
    >
      ${icon(name)}
    </button>`;
  }

  private async export(kind: ExportKind): Promise<void> {
    this.asTable = false;
    await this.updateComplete;
    const { drawing } = this;
    const title = chartTitle(this.spec);
    if (drawing) this.source.save(`${title}.${kind}`, await contentOf(drawing, kind, title));
    this.exporting = false;
  }

  private renderSlots(): TemplateResult {
    return html`<div class="choices">
      ${slotsOf(this.spec).map(
        ({ label, groups }, i) =>
          html`<label
            >${label}
            <select @change=${(event: Event) => this.choose(i, (event.target as HTMLSelectElement).value)}>
              ${groups.map((group) => this.renderGroup(group, i))}
            </select></label
          >`,
      )}
      ${
        this.spec.kind === 'parallel'
          ? html`<button class="link" @click=${() => this.addAxis()}>${l10n.t('Add axis')}</button>
              <button class="link" @click=${() => this.change(this.spec.columns.slice(0, -1))}>
                ${l10n.t('Remove last axis')}
              </button>`
          : nothing
      }
    </div>`;
  }

  private renderGroup(group: ColumnName['group'], slot: number): TemplateResult {
    const words = { metrics: l10n.t('Metrics'), params: l10n.t('Params'), tags: l10n.t('Tags') }[group];
    const chosen = this.spec.columns[slot];
    return html`<optgroup label=${words}>
      ${this.source.keys[group].map(
        (key) =>
          html`<option value=${JSON.stringify([group, key])} ?selected=${chosen?.group === group && chosen.key === key}>
            ${key}
          </option>`,
      )}
    </optgroup>`;
  }

  private choose(slot: number, value: string): void {
    const [group, key] = JSON.parse(value) as [ColumnName['group'], string];
    this.change(this.spec.columns.map((column, i) => (i === slot ? { group, key } : column)));
  }

  private addAxis(): void {
    const { columns } = this.spec;
    const isUsed = (group: string, key: string): boolean => columns.some((c) => c.group === group && c.key === key);
    const { params, metrics } = this.source.keys;
    const param = params.find((key) => !isUsed('params', key));
    const key = param ?? metrics.find((each) => !isUsed('metrics', each));
    if (key !== undefined) this.change([...columns, { group: param === undefined ? 'metrics' : 'params', key }]);
  }

  private change(columns: readonly ColumnName[]): void {
    if (columns.length > 0) this.tell({ kind: 'change', spec: { ...this.spec, columns } });
  }

  private renderBody(title: string): TemplateResult | typeof nothing {
    if (this.error !== undefined)
      return html`<rs-error small .error=${this.error} @retry=${(event: Event) => this.retry(event)}></rs-error>`;
    const { body, spec, layout, range, cursor, highlighted, rows, allRows, runs, source, ranges } = this;
    if (!body || !this.visible) return nothing;
    const nameOf = (row: number): string => this.source.nameOf(row);
    const plot = renderBody(
      body,
      { spec, layout, range, cursor, highlighted, rows, allRows, runs, source, ranges, nameOf, title },
      (next) => this.zoom(next),
    );
    return html`<div
        class="holder"
        ?hidden=${this.asTable}
        @ranges=${(event: CustomEvent<BrushRanges>) => (this.ranges = event.detail)}
      >
        ${plot}
      </div>
      ${this.asTable ? this.renderTable() : nothing}`;
  }

  private renderTable(): TemplateResult {
    return renderTable(tableOf(this.drawing), chartTitle(this.spec));
  }

  private get drawing(): Drawing | undefined {
    return drawingOf(this.renderRoot.querySelector('.plot'));
  }

  private renderFoot(): TemplateResult {
    const { body, range } = this;
    const words = this.foot.get([body, this.rows, range], () =>
      body ? footWords(body, this.spec.kind, this.rows.length, range) : '',
    );
    return html`<span>${words}</span>${
        range ? html`<button class="link" @click=${() => this.zoom(undefined)}>${l10n.t('Show all')}</button>` : nothing
      }`;
  }

  private zoom(range: ZoomRange): void {
    if (!range && !this.range) return;
    this.range = range;
    void this.load();
  }

  private retry(event: Event): void {
    event.stopPropagation();
    void this.load();
  }

  private async load(): Promise<void> {
    this.stale = false;
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    const { spec, layout, runs, range, source } = this;
    try {
      const asked = { spec, layout, runs, range, width: this.clientWidth };
      const body = await readBody(source, asked, reading.signal);
      if (reading !== this.reading) return;
      this.error = undefined;
      if (!isSameBody(this.body, body)) this.body = body;
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.error = error;
    }
  }

  private tell(detail: CardEvent): void {
    this.dispatchEvent(new CustomEvent('card', { detail }));
  }
}

customElements.define('rs-chart-card', ChartCard);
