import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { groupAt } from '../../domain/runLines';
import { afterFrame, tellSize } from '../shared/observed';
import { baseStyles } from '../shared/styles';
import type { Column } from './columns';
import { type HeadHost, renderHead } from './gridHead';
import { actionOfKey } from './gridKeys';
import {
  firstPort,
  isSamePort,
  moved,
  type Place,
  type Port,
  rowHeight,
  scrolledTo,
  spareRows,
  type Span,
  stuckCount,
  visibleColumns,
  visibleRows,
  widthOf,
} from './gridLayout';
import { GridSheets, placeRows } from './gridSheets';
import { renderCell } from './gridCell';
import { gridStyles } from './gridStyles';
import { rowsAt } from './selectRows';
import { columnAt, actionAt, type GridEvent, positionAt } from './gridEvents';
import type { TableView } from './tableView';

/** A table of which only the rows and columns that are seen stand in the document (the ARIA grid pattern). */
class RunGrid extends LitElement {
  static override readonly properties = {
    view: { attribute: false },
    active: { state: true },
    port: { state: true },
  };
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [baseStyles, gridStyles];
  declare view: TableView;
  declare private active: Place;
  /** What is seen of the canvas, px. */
  declare private port: Port;
  private readonly sheets = new GridSheets();

  constructor() {
    super();
    this.active = { row: 0, column: 0 };
    this.port = firstPort;
    tellSize(this, () => this.look());
    this.addEventListener('scroll', () => this.look(), { passive: true });
    this.addEventListener('keydown', (event) => this.press(event));
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) this.sheets.adopt(root);
    return root;
  }

  override willUpdate(): void {
    const { columns: all, lines } = this.view;
    // Only names of groups hang on the width, which is not known at first: all styles would be computed twice.
    const width = lines.groups.length > 0 ? this.port.width : Infinity;
    this.sheets.layOut(all, this.stuck, lines.lines.length, width);
    this.sheets.leaveRoom(this.columnSpan.offset);
    // Before it is drawn: they are read meanwhile.
    const columns = this.shownColumns.filter(({ id, name }) => name && !this.view.data.has(id));
    if (columns.length > 0) this.tell({ kind: 'need', columns });
  }

  protected override firstUpdated(): void {
    // Its size is asked for at once: to be told of it takes a frame.
    this.look();
    afterFrame(() => (this.port = { ...this.port, spare: spareRows }));
    // A person who opened the table goes on with its rows, not with the buttons above them.
    if (document.hasFocus() && document.activeElement === document.body) this.focus();
  }

  protected override updated(): void {
    placeRows(this.renderRoot, this.rowSpan.start);
  }

  protected override render(): TemplateResult {
    const { lines, columns } = this.view;
    const { start, end } = this.rowSpan;
    const positions = Array.from({ length: end - start }, (_, i) => start + i);
    const now = Date.now();
    const isTree = lines.groups.length > 0 || lines.nested.size > 0;
    return html`<div
      class="canvas ${this.port.left === 0 ? 'unscrolled' : ''}"
      role=${isTree ? 'treegrid' : 'grid'}
      tabindex="0"
      aria-multiselectable="true"
      aria-label=${l10n.t('Runs')}
      aria-rowcount=${lines.lines.length + 1}
      aria-colcount=${columns.length}
      aria-activedescendant=${`r${this.active.row}c${this.active.column}`}
    >
      <div class="row head" role="row" aria-rowindex="1">
        ${this.renderCells((column, index) => renderHead(this.headHost, this.view, column, index))}
      </div>
      <div
        class="body"
        role="rowgroup"
        @pointerover=${(event: Event) => this.point(positionAt(event))}
        @pointerleave=${() => this.point(undefined)}
        @click=${(event: MouseEvent) => this.hit(event)}
        @dblclick=${(event: Event) => this.open(event)}
        @contextmenu=${(event: MouseEvent) => this.openRowMenu(event)}
      >
        ${repeat(
          positions,
          (position) => position,
          (position) => this.renderRow(position, now, isTree),
        )}
      </div>
    </div>`;
  }

  private renderRow(position: number, now: number, isTree: boolean): TemplateResult {
    const { lines, selected, content, pointed } = this.view;
    const group = groupAt(lines, position);
    const rows = rowsAt(lines, position);
    const row = lines.lines[position] ?? 0;
    const holds = group !== undefined || lines.nested.has(row);
    const isSelected = rows.length > 0 && rows.every((each) => selected.has(each));
    return html`<div
      class="row${group ? ' group' : ''}${row === pointed ? ' pointed' : ''}${content.attributes.deleted[row] === 1 ? ' deleted' : ''}"
      role="row"
      aria-rowindex=${position + 2}
      aria-selected=${isSelected ? 'true' : 'false'}
      aria-level=${isTree ? (lines.depths[position] ?? 0) + 1 : nothing}
      aria-expanded=${holds ? (this.view.isOpen(position) ? 'true' : 'false') : nothing}
    >
      ${this.renderCells((column, index) => {
        const look = this.cellLook(column, index, position);
        return renderCell(this.view, { column, index, position, isSelected, look }, now);
      })}
    </div>`;
  }

  /**
   * The columns that stand still, room for those that are scrolled away, then those that are seen. Rows and cells go with
   * their places, so that a scroll makes only those that come into view.
   */
  private renderCells(cell: (column: Column, index: number) => TemplateResult): TemplateResult {
    const { stuck } = this;
    const { start, end } = this.columnSpan;
    const { columns } = this.view;
    const others = columns.slice(stuck + start, stuck + end);
    return html`${columns.slice(0, stuck).map(cell)}<span class="spacer"></span>${repeat(
        others,
        ({ id }) => id,
        (column, i) => cell(column, stuck + start + i),
      )}`;
  }

  private cellLook(column: Column, index: number, row: number): string {
    const isActive = this.active.row === row && this.active.column === index;
    const stuck = index < this.stuck ? ` stuck${index === this.stuck - 1 ? ' edge' : ''}` : '';
    return `cell c${index}${stuck}${column.numeric ? ' number' : ''}${isActive ? ' active' : ''}`;
  }

  private readonly headHost: HeadHost = {
    look: (column, index) => this.cellLook(column, index, -1),
    tell: (event) => this.tell(event),
  };

  private get stuck(): number {
    const { columns, pinned } = this.view;
    return stuckCount(columns, pinned, this.port.width);
  }

  private get rowSpan(): Span {
    return visibleRows(this.port, this.view.holdsRows ? 0 : this.view.lines.lines.length);
  }

  private get columnSpan(): ReturnType<typeof visibleColumns> {
    const { stuck } = this;
    const { columns } = this.view;
    return visibleColumns(this.port.left, this.port.width - widthOf(columns, 0, stuck), columns.slice(stuck));
  }

  private get shownColumns(): readonly Column[] {
    const { start, end } = this.columnSpan;
    const { columns } = this.view;
    return [...columns.slice(0, this.stuck), ...columns.slice(this.stuck + start, this.stuck + end)];
  }

  private look(): void {
    const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = this;
    const port = { ...this.port, top, left, width, height };
    if (!isSamePort(port, this.port)) this.port = port;
  }

  /** Of a group no row is pointed at. */
  private point(position: number | undefined): void {
    const { lines } = this.view;
    const isRun = position !== undefined && groupAt(lines, position) === undefined;
    const row = isRun ? lines.lines[position] : undefined;
    if (row !== this.view.pointed) this.tell({ kind: 'point', row });
  }

  private hit(event: MouseEvent): void {
    const position = positionAt(event);
    if (position === undefined) return;
    const action = actionAt(event);
    if (!action) this.active = { row: position, column: columnAt(event) };
    const how = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey || action ? 'toggle' : 'only';
    this.tell(!action || action === 'toggle' ? { kind: 'select', position, how } : { kind: action, position });
  }

  private open(event: Event): void {
    const position = positionAt(event);
    if (position === undefined || actionAt(event)) return;
    this.tell({ kind: groupAt(this.view.lines, position) ? 'flip' : 'open', position });
  }

  private openRowMenu(event: MouseEvent): void {
    const position = positionAt(event);
    if (position === undefined) return;
    event.preventDefault();
    const column = columnAt(event);
    this.active = { row: position, column };
    const id = this.view.columns[column]?.id ?? '';
    this.tell({ kind: 'rowMenu', position, column: id, at: { x: event.clientX, y: event.clientY } });
  }

  private press(event: KeyboardEvent): void {
    const { view, active } = this;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) this.openMenuAtActive();
    else if (!this.act(actionOfKey(view, active, event)) && !this.move(event)) return;
    event.preventDefault();
  }

  private act(action: GridEvent | undefined): boolean {
    if (!action) return false;
    if (action.kind === 'move') {
      this.active = { row: -1, column: this.view.columns.findIndex(({ id }) => id === action.to) };
    }
    this.tell(action);
    return true;
  }

  private move(event: KeyboardEvent): boolean {
    const rows = this.view.lines.lines.length;
    const columns = this.view.columns.length;
    const page = Math.max(1, Math.floor(this.clientHeight / rowHeight) - 2);
    const next = moved(this.active, event, { rows, columns, page });
    if (!next) return false;
    this.active = next;
    this.reveal(next);
    this.point(next.row);
    if (event.shiftKey && next.row >= 0) this.tell({ kind: 'select', position: next.row, how: 'range' });
    return true;
  }

  private openMenuAtActive(): void {
    const { row, column } = this.active;
    const id = this.view.columns[column]?.id ?? '';
    const cell = this.renderRoot.querySelector(`#r${row}c${column}`);
    const at = (cell ?? this).getBoundingClientRect();
    if (row < 0) this.tell({ kind: 'headMenu', column: id, at });
    else this.tell({ kind: 'rowMenu', position: row, column: id, at: { x: at.left + 16, y: at.bottom } });
  }

  private reveal(place: Place): void {
    const { scrollTop, scrollLeft, clientWidth: width, clientHeight: height } = this;
    const port = { top: scrollTop, left: scrollLeft, width, height };
    const { top, left } = scrolledTo(place, port, this.view.columns, this.stuck);
    this.scrollTop = top;
    this.scrollLeft = left;
  }

  private tell(detail: GridEvent): void {
    this.dispatchEvent(new CustomEvent('grid', { detail }));
  }
}

customElements.define('rs-run-grid', RunGrid);
