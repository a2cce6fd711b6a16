import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled, UserError } from '../../domain/errors';
import { icon, type IconName } from '../shared/icons';
import type { Save } from '../shared/host';
import { tellNear } from '../shared/observed';
import '../shared/states';
import { baseStyles } from '../shared/styles';
import { cardStyles } from './cardStyles';
import { type Drawing, drawingIn, type ExportKind, pictureOf, renderExports } from './chartExports';
import { csvOf, firstRows, renderTable } from './chartTable';
import type { ZoomRange } from './linePlaces';
import type { WholeTable } from './linesTable';
import type { PlotTable } from './plotTable';

/** What changes without a change of the data, here or in what is drawn above it. */
const light: readonly PropertyKey[] = ['table', 'tableRows', 'exporting', 'exportFailure', 'cursor', 'highlighted'];

/**
 * What charts of every page have in common: title, table, export, zoom, and that they read and draw only while they are
 * near what is seen. A subclass reads, and gives what draws the class `plot`.
 */
export abstract class ChartFrame extends LitElement {
  static override readonly properties: Record<string, object> = {
    error: { state: true },
    visible: { state: true },
    asTable: { state: true },
    table: { state: true },
    tableRows: { state: true },
    exporting: { state: true },
    exportFailure: { state: true },
  };
  static override readonly styles = [baseStyles, cardStyles];
  declare protected error: unknown;
  declare protected visible: boolean;
  declare protected asTable: boolean;
  declare private table: PlotTable | undefined;
  declare private tableRows: number;
  declare private exporting: boolean;
  declare private exportFailure: unknown;
  protected range: ZoomRange;
  /** What was read answers to something else by now. */
  protected stale = true;
  private reading: AbortController | undefined;
  private exportReading: AbortController | undefined;

  constructor() {
    super();
    this.tableRows = firstRows;
    tellNear(this, 200, (near) => this.see(near));
  }

  protected abstract get caption(): string;
  protected abstract readonly save: Save;
  /** Reads what is drawn; keeps it by what it returns, which is called only where nothing else was asked meanwhile. */
  protected abstract readDrawn(signal: AbortSignal): Promise<() => void>;
  /** Nothing while nothing was read. */
  protected abstract renderPlot(): TemplateResult | typeof nothing;
  /** What is not drawn. */
  protected abstract footWords(): string;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.exportReading?.abort();
  }

  private see(visible: boolean): void {
    this.visible = visible;
    if (!visible) this.reading?.abort();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.visible && this.stale) void this.load();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.asTable && [...changed.keys()].some((name) => !light.includes(name))) void this.readTable();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="head">
        ${this.renderTitle()}
        <div class="buttons">${this.renderButtons()}</div>
      </div>
      ${this.exporting ? this.renderExports() : nothing} ${this.renderChoices()}
      <div class="body ${this.asTable || this.scrolls() ? 'scroll' : ''}">${this.renderBody()}</div>
      <div class="foot dimmed">${this.renderFoot()}</div>
    `;
  }

  private renderExports(): TemplateResult {
    const { exportFailure } = this;
    return html`${renderExports(this.drawing, (kind) => void this.export(kind))}
    ${exportFailure === undefined ? nothing : html`<rs-error small .error=${exportFailure} @retry=${(event: Event) => this.clearFailure(event)}></rs-error>`}`;
  }

  /** What was to be exported is chosen again. */
  private clearFailure(event: Event): void {
    event.stopPropagation();
    this.exportFailure = undefined;
  }

  /** As high as what it holds. */
  protected scrolls(): boolean {
    return false;
  }

  /** It is one already. */
  protected isTable(): boolean {
    return false;
  }

  protected renderTitle(): TemplateResult {
    return html`<h3 title=${this.caption}><bdi>${this.caption}</bdi></h3>`;
  }

  protected renderButtons(): TemplateResult {
    const { caption } = this;
    return html`
      ${this.isTable() ? nothing : this.button('table', l10n.t('Show {0} as table', caption), () => this.flipTable(), this.asTable)}
      ${this.button('desktop-download', l10n.t('Export {0}', caption), () => (this.exporting = !this.exporting), this.exporting)}
    `;
  }

  protected button(name: IconName, label: string, act: () => void, pressed?: boolean): TemplateResult {
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

  /** What a person chooses for it, below its title. */
  protected renderChoices(): TemplateResult | typeof nothing {
    return nothing;
  }

  private renderBody(): TemplateResult | typeof nothing {
    if (this.error !== undefined)
      return html`<rs-error small .error=${this.error} @retry=${(event: Event) => this.retry(event)}></rs-error>`;
    if (!this.visible) return nothing;
    return html`<div class="holder" ?hidden=${this.asTable}>${this.renderPlot()}</div>
      ${this.asTable ? this.renderTable() : nothing}`;
  }

  private renderTable(): TemplateResult | typeof nothing {
    if (!this.table) return nothing;
    return renderTable(this.table, this.caption, this.tableRows, (rows) => (this.tableRows = rows));
  }

  /** What draws has what it was given only after its own update. */
  private async readTable(): Promise<void> {
    const { drawing } = this;
    await drawing?.updateComplete;
    this.table = drawing?.table();
  }

  private renderFoot(): TemplateResult {
    return html`<span>${this.footWords()}</span>${
        this.range
          ? html`<button class="link" @click=${() => this.zoom(undefined)}>${l10n.t('Show all')}</button>`
          : nothing
      }`;
  }

  private flipTable(): void {
    this.asTable = !this.asTable;
    this.tableRows = firstRows;
    this.dispatchEvent(new CustomEvent('as-table', { detail: this.asTable }));
  }

  private get drawing(): Drawing | undefined {
    return drawingIn(this.renderRoot);
  }

  private async export(kind: ExportKind): Promise<void> {
    // What is hidden has no size to be drawn at.
    if (kind !== 'csv') this.asTable = false;
    await this.updateComplete;
    const { drawing, caption } = this;
    if (!drawing) {
      this.exportFailure = nothingDrawn();
      return;
    }
    this.exportReading?.abort();
    const { signal } = (this.exportReading = new AbortController());
    try {
      if (kind === 'csv') this.saveTable(await this.wholeTable(drawing, signal));
      else this.save(`${caption}.${kind}`, await pictureOf(drawing, kind, caption));
      this.exporting = false;
      this.exportFailure = undefined;
    } catch (error) {
      if (!isCancelled(error)) this.exportFailure = error;
    }
  }

  /** In the name of the file stands what is not in it. */
  private saveTable({ table, words }: WholeTable): void {
    this.save(`${this.caption}${words ? ` - ${words}` : ''}.csv`, csvOf(table));
  }

  /** What is exported as a table, also what drawing left out. */
  protected wholeTable(drawing: Drawing, _signal: AbortSignal): Promise<WholeTable> {
    return Promise.resolve({ table: drawing.table(), words: '' });
  }

  protected zoom(range: ZoomRange): void {
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
    try {
      const keep = await this.readDrawn(reading.signal);
      if (reading !== this.reading) return;
      this.error = undefined;
      keep();
    } catch (error) {
      if (reading !== this.reading) return;
      if (isCancelled(error)) this.stale = true;
      else this.error = error;
    }
  }
}

function nothingDrawn(): UserError {
  return new UserError('notFound', l10n.t('Nothing is drawn that could be exported.'), {
    next: l10n.t('Export it once the chart shows something.'),
  });
}
