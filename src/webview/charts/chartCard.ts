import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { BrushRanges } from '../../domain/brush';
import type { ColumnName } from '../../domain/frame';
import { Memo } from '../shared/memo';
import type { Save } from '../shared/host';
import { type Body, footWords, isSameBody, readBody, renderBody } from './chartBody';
import { ChartFrame } from './chartFrame';
import { type ChartLayout, type ChartSpec, chartTitle, slotsOf } from './chartsState';
import type { Drawing } from './chartExports';
import { type WholeTable, wholeTable } from './linesTable';
import type { ChartRun, ChartSource } from './source';

/** What decides what is read. */
const inputs = ['spec', 'layout', 'runs', 'version', 'source'] as const;

/** What a person does with a chart; a pane listens for `card`. */
export type CardEvent =
  { readonly kind: 'change'; readonly spec: ChartSpec } | { readonly kind: 'close' } | { readonly kind: 'enlarge' };

/** One chart of the charts beside a table of runs, with its choices. */
export class ChartCard extends ChartFrame {
  static override readonly properties = {
    ...ChartFrame.properties,
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
    choosing: { state: true },
  };
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
  declare private choosing: boolean;
  /** What decides what is read. */
  private asked = '';
  private readonly foot = new Memo<string>();

  constructor() {
    super();
    this.ranges = {};
  }

  protected override get caption(): string {
    return chartTitle(this.spec);
  }

  protected override get save(): Save {
    return this.source.save;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('layout');
    if (before && before.axis !== this.layout.axis) this.range = undefined;
    if (inputs.some((name) => changed.has(name))) this.ask(changed.has('source'));
    super.willUpdate(changed);
  }

  /** Not for each move of a pointer: thousands of runs are compared. */
  private ask(another: boolean): void {
    const { spec, layout, runs, version } = this;
    const drawn = runs.map(({ row, series }) => [row, series]);
    const asked = JSON.stringify([spec, layout.axis, layout.logY, layout.smoothing, drawn, version]);
    if (asked !== this.asked || another) this.stale = true;
    this.asked = asked;
  }

  protected override scrolls(): boolean {
    return this.isTable() || this.spec.kind === 'images';
  }

  protected override isTable(): boolean {
    return this.spec.kind === 'difference';
  }

  protected override renderButtons(): TemplateResult {
    const { caption } = this;
    return html`
      ${slotsOf(this.spec).length > 0 ? this.button('settings-gear', l10n.t('Choose what {0} shows', caption), () => (this.choosing = !this.choosing), this.choosing) : nothing}
      ${super.renderButtons()}
      ${this.button('screen-full', l10n.t('Enlarge {0}', caption), () => this.tell({ kind: 'enlarge' }), this.enlarged)}
      ${this.button('close', l10n.t('Remove {0}', caption), () => this.tell({ kind: 'close' }))}
    `;
  }

  protected override renderChoices(): TemplateResult | typeof nothing {
    return this.choosing ? this.renderSlots() : nothing;
  }

  private renderSlots(): TemplateResult {
    return html`<div class="choices">
      ${slotsOf(this.spec).map(
        ({ label, groups }, i) =>
          html`<label
            >${label}
            <select @change=${(event: Event) => this.choose(i, (event.target as HTMLSelectElement).value)}>
              ${this.renderAbsent(i)} ${groups.map((group) => this.renderGroup(group, i))}
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

  /** Of a saved chart, a column that no run has any more: a list would show its first one as chosen. */
  private renderAbsent(slot: number): TemplateResult | typeof nothing {
    const chosen = this.spec.columns[slot];
    if (!chosen || this.source.keys[chosen.group].includes(chosen.key)) return nothing;
    return html`<option selected disabled>${l10n.t('{0} (no run has it)', chosen.key)}</option>`;
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

  protected override renderPlot(): TemplateResult | typeof nothing {
    const { body, spec, layout, range, cursor, highlighted, rows, allRows, runs, source, ranges } = this;
    if (!body) return nothing;
    const nameOf = (row: number): string => this.source.nameOf(row);
    const keepRanges = (event: CustomEvent<BrushRanges>): void => void (this.ranges = event.detail);
    const shown = { spec, layout, range, cursor, highlighted, rows, allRows, runs, source, ranges, keepRanges, nameOf };
    return renderBody(body, shown, (next) => this.zoom(next));
  }

  protected override footWords(): string {
    const { body, rows } = this;
    return this.foot.get([body, rows], () => (body ? footWords(body, this.spec.kind, rows) : ''));
  }

  protected override async readDrawn(signal: AbortSignal): Promise<() => void> {
    const { spec, layout, runs, range } = this;
    const body = await readBody(this.source, { spec, layout, runs, range, width: this.clientWidth }, signal);
    return () => {
      if (!isSameBody(this.body, body)) this.body = body;
    };
  }

  protected override wholeTable(drawing: Drawing, signal: AbortSignal): Promise<WholeTable> {
    const { body, source } = this;
    if (body?.kind !== 'lines') return super.wholeTable(drawing, signal);
    const rows = body.lines.map(({ row }) => row);
    return wholeTable(body.request, body.lines, (request) => source.wholeLines(rows, request, signal));
  }

  private tell(detail: CardEvent): void {
    this.dispatchEvent(new CustomEvent('card', { detail }));
  }
}

customElements.define('rs-chart-card', ChartCard);
