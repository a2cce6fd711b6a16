import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons';
import type { Column } from './columns';
import type { GridEvent } from './gridEvents';
import type { TableView } from './tableView';

export interface HeadHost {
  look(column: Column, index: number): string;
  tell(event: GridEvent): void;
}

/** What a header that is dragged carries. */
const dragged = 'application/x-ringside-column';

/** A header: a click sorts, the arrow opens its menu, its edge resizes, dragging moves. The menu says all of it too. */
export function renderHead(host: HeadHost, view: TableView, column: Column, index: number): TemplateResult {
  const { id, title, hint } = column;
  const at = view.sorting.findIndex((each) => each.column === id);
  const sorted = view.sorting[at];
  const menu = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const cell = (event.currentTarget as HTMLElement).closest('.cell');
    if (cell) host.tell({ kind: 'headMenu', column: id, at: cell.getBoundingClientRect() });
  };
  return html`<span
    id=${`r-1c${index}`}
    class=${host.look(column, index)}
    role="columnheader"
    aria-colindex=${index + 1}
    aria-sort=${sorted ? (sorted.ascending ? 'ascending' : 'descending') : 'none'}
    title=${hint === undefined ? title : `${title}: ${hint}`}
    draggable=${index === 0 ? 'false' : 'true'}
    @click=${(event: MouseEvent) => host.tell({ kind: 'sort', column: id, added: event.shiftKey })}
    @contextmenu=${menu}
    @dragstart=${(event: DragEvent) => event.dataTransfer?.setData(dragged, id)}
    @dragover=${(event: DragEvent) => {
      if (event.dataTransfer?.types.includes(dragged)) event.preventDefault();
    }}
    @drop=${(event: DragEvent) => host.tell({ kind: 'move', column: event.dataTransfer?.getData(dragged) ?? '', to: id })}
    ><span class="title">${title}</span
    >${sorted ? html`<span class="arrow">${sorted.ascending ? '↑' : '↓'}</span>` : nothing}${
      sorted && view.sorting.length > 1 ? html`<sup>${at + 1}</sup>` : nothing
    }<span class="open" title=${l10n.t('Column menu')} @click=${menu}>${icon('chevron-down')}</span
    ><span
      class="grip"
      draggable="true"
      @dragstart=${(event: DragEvent) => {
        // The edge is dragged to resize, not to move.
        event.preventDefault();
        event.stopPropagation();
      }}
      @click=${(event: MouseEvent) => event.stopPropagation()}
      @pointerdown=${(event: PointerEvent) => followEdge(event, (width) => host.tell({ kind: 'resize', column: id, width }))}
    ></span
  ></span>`;
}

/** Tells the width while the edge of a header is held. */
function followEdge(down: PointerEvent, tell: (width: number) => void): void {
  const grip = down.currentTarget as HTMLElement;
  const width = grip.closest('.cell')?.getBoundingClientRect().width ?? 0;
  const released = new AbortController();
  grip.setPointerCapture(down.pointerId);
  grip.addEventListener('pointermove', (move) => tell(width + move.clientX - down.clientX), released);
  for (const end of ['pointerup', 'pointercancel']) grip.addEventListener(end, () => released.abort(), released);
}
