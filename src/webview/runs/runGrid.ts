import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { FrameColumn } from '../../domain/frame';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { baseStyles } from '../shared/styles';
import { cellOf, type Column } from './columns';
import { moved, type Place, rowHeight, type Span, visibleColumns, visibleRows } from './gridLayout';
import { gridStyles } from './gridStyles';
import type { Select } from './selectRows';

export interface Sorting {
  readonly column: string;
  readonly ascending: boolean;
}

/** What a person does in the grid; a page listens for `grid`. */
export type GridEvent =
  | { readonly kind: 'sort'; readonly column: string; readonly added: boolean }
  | ({ readonly kind: 'select' } & Select)
  | { readonly kind: 'open'; readonly position: number }
  | { readonly kind: 'need'; readonly columns: readonly Column[] };

/** A table of which only the rows and columns that are seen stand in the document (the ARIA grid pattern). */
class RunGrid extends LitElement {
  static override readonly properties = {
    content: { attribute: false },
    columns: { attribute: false },
    rows: { attribute: false },
    data: { attribute: false },
    sorting: { attribute: false },
    selected: { attribute: false },
    active: { state: true },
    view: { state: true },
  };
  declare content: RunsContent;
  /** The first stands still when the others scroll. */
  declare columns: readonly Column[];
  /** Rows of the content in the order to be shown; a position is an index into it. */
  declare rows: Uint32Array;
  /** What was read, by column id. */
  declare data: ReadonlyMap<string, FrameColumn>;
  declare sorting: readonly Sorting[];
  /** Rows, not positions: sorting keeps them. */
  declare selected: ReadonlySet<number>;
  declare private active: Place;
  declare private view: {
    readonly top: number;
    readonly left: number;
    readonly width: number;
    readonly height: number;
  };

  static override readonly styles = [baseStyles, gridStyles];
  private readonly layoutSheet = new CSSStyleSheet();
  private readonly scrollSheet = new CSSStyleSheet();
  private readonly sizes = new ResizeObserver(() => this.look());

  constructor() {
    super();
    this.active = { row: 0, column: 0 };
    this.view = { top: 0, left: 0, width: 0, height: 0 };
    this.tabIndex = 0;
    this.addEventListener('scroll', () => this.look(), { passive: true });
    this.addEventListener('keydown', (event) => this.press(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    // Widths and places change with each scroll: no style attributes, which the page's policy forbids.
    const root = this.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.layoutSheet, this.scrollSheet];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('columns') || changed.has('rows')) this.layOut();
    const { start } = this.rowSpan;
    this.scrollSheet.replaceSync(
      `.body{transform:translateY(${start * rowHeight}px)}.spacer{width:${this.columnSpan.offset}px}`,
    );
  }

  override updated(): void {
    const columns = this.shownColumns.filter(({ id, name }) => name && !this.data.has(id));
    if (columns.length > 0) this.tell({ kind: 'need', columns });
  }

  protected override render(): TemplateResult {
    const { start, end } = this.rowSpan;
    const positions = Array.from({ length: end - start }, (_, i) => start + i);
    const now = Date.now();
    return html`<div
      class="canvas"
      role="grid"
      aria-multiselectable="true"
      aria-label=${l10n.t('Runs')}
      aria-rowcount=${this.rows.length + 1}
      aria-colcount=${this.columns.length}
    >
      <div class="row head" role="row" aria-rowindex="1">
        ${this.renderCells(-1, (column) => this.renderHead(column))}
      </div>
      <div class="body" role="rowgroup">${positions.map((position) => this.renderRow(position, now))}</div>
    </div>`;
  }

  private renderHead({ id, title }: Column): TemplateResult {
    const at = this.sorting.findIndex(({ column }) => column === id);
    const sorted = this.sorting[at];
    if (!sorted) return html`<span title=${title}>${title}</span>`;
    const place = this.sorting.length > 1 ? html`<sup>${at + 1}</sup>` : nothing;
    return html`<span title=${title}>${title} ${sorted.ascending ? '↑' : '↓'}${place}</span>`;
  }

  private renderRow(position: number, now: number): TemplateResult {
    const row = this.rows[position] ?? 0;
    return html`<div
      class="row"
      role="row"
      aria-rowindex=${position + 2}
      aria-selected=${this.selected.has(row) ? 'true' : 'false'}
      @click=${(event: MouseEvent) => this.choose(position, event)}
      @dblclick=${() => this.tell({ kind: 'open', position })}
    >
      ${this.renderCells(position, (column) => {
        const { text, exact } = cellOf(column, this.data.get(column.id), this.content, row, now);
        return html`<span title=${exact ?? text}>${text}</span>`;
      })}
    </div>`;
  }

  /** The first column, room for those that are scrolled away, then those that are seen. */
  private renderCells(row: number, inner: (column: Column) => TemplateResult): TemplateResult {
    const { start, end } = this.columnSpan;
    const cell = (column: Column | undefined, index: number): TemplateResult | typeof nothing => {
      if (!column) return nothing;
      const isActive = this.active.row === row && this.active.column === index;
      const look = `cell c${index}${index === 0 ? ' first' : ''}${column.numeric ? ' number' : ''}${isActive ? ' active' : ''}`;
      if (row >= 0) {
        return html`<span class=${look} role="gridcell" aria-colindex=${index + 1}>${inner(column)}</span>`;
      }
      const sorted = this.sorting.find((each) => each.column === column.id);
      return html`<span
        class=${look}
        role="columnheader"
        aria-colindex=${index + 1}
        aria-sort=${sorted ? (sorted.ascending ? 'ascending' : 'descending') : 'none'}
        @click=${(event: MouseEvent) => this.tell({ kind: 'sort', column: column.id, added: event.shiftKey })}
        >${inner(column)}</span
      >`;
    };
    const others = this.columns.slice(1 + start, 1 + end);
    return html`${cell(this.columns[0], 0)}<span class="spacer"></span
      >${others.map((column, i) => cell(column, 1 + start + i))}`;
  }

  private get rowSpan(): Span {
    return visibleRows(this.view.top, this.view.height, this.rows.length);
  }

  private get columnSpan(): ReturnType<typeof visibleColumns> {
    const [first, ...others] = this.columns.map(({ width }) => width);
    return visibleColumns(this.view.left, this.view.width - (first ?? 0), others);
  }

  private get shownColumns(): readonly Column[] {
    const { start, end } = this.columnSpan;
    return [...this.columns.slice(0, 1), ...this.columns.slice(1 + start, 1 + end)];
  }

  private layOut(): void {
    const total = this.columns.reduce((sum, { width }) => sum + width, 0);
    const height = (this.rows.length + 1) * rowHeight;
    const widths = this.columns.map(({ width }, i) => `.c${i}{width:${width}px}`);
    this.layoutSheet.replaceSync(`.canvas{width:${total}px;height:${height}px}${widths.join('')}`);
  }

  private look(): void {
    const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = this;
    this.view = { top, left, width, height };
  }

  private choose(position: number, event: MouseEvent): void {
    const first = event.composedPath().find((target) => target instanceof HTMLElement && target.role === 'gridcell');
    const column = Number((first as HTMLElement | undefined)?.ariaColIndex ?? 1) - 1;
    this.active = { row: position, column };
    const how = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
    this.tell({ kind: 'select', position, how });
  }

  private press(event: KeyboardEvent): void {
    const { row, column } = this.active;
    const page = Math.max(1, Math.floor(this.clientHeight / rowHeight) - 2);
    const next = moved(this.active, event, { rows: this.rows.length, columns: this.columns.length, page });
    if (next) {
      this.active = next;
      this.reveal(next);
      if (event.shiftKey && next.row >= 0) this.tell({ kind: 'select', position: next.row, how: 'range' });
    } else if (event.key === ' ' && row >= 0) this.tell({ kind: 'select', position: row, how: 'toggle' });
    else if (event.key === 'Enter' && row >= 0) this.tell({ kind: 'open', position: row });
    else if (event.key === 'Enter' || event.key === ' ') {
      this.tell({ kind: 'sort', column: this.columns[column]?.id ?? '', added: event.shiftKey });
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      this.tell({ kind: 'select', position: 0, how: 'all' });
    } else return;
    event.preventDefault();
  }

  private reveal({ row, column }: Place): void {
    const top = row * rowHeight;
    if (top < this.scrollTop) this.scrollTop = Math.max(0, top);
    const bottom = top + 3 * rowHeight - this.clientHeight;
    if (bottom > this.scrollTop) this.scrollTop = bottom;
    if (column === 0) return;
    const widths = this.columns.map(({ width }) => width);
    const left = widths.slice(1, column).reduce((sum, width) => sum + width, 0);
    const right = left + (widths[0] ?? 0) + (widths[column] ?? 0) - this.clientWidth;
    if (left < this.scrollLeft) this.scrollLeft = left;
    else if (right > this.scrollLeft) this.scrollLeft = right;
  }

  private tell(detail: GridEvent): void {
    this.dispatchEvent(new CustomEvent('grid', { detail }));
  }
}

customElements.define('rs-run-grid', RunGrid);
