import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../domain/format';
import { refKey } from '../../domain/ref';
import { runStatuses } from '../../domain/run';
import { groupAt } from '../../domain/runLines';
import { icon, type IconName } from '../shared/icons';
import { seriesClass } from '../shared/theme';
import { type Cell, cellAt } from './cells';
import type { Column } from './columns';
import { refOf } from './rowValues';
import type { TableView } from './tableView';

interface Spot {
  readonly column: Column;
  readonly index: number;
  readonly position: number;
  readonly isSelected: boolean;
  /** Classes of its place. */
  readonly look: string;
}

export function renderCell(view: TableView, spot: Spot, now: number): TemplateResult {
  const { column, index, position } = spot;
  const cell = cellAt(view, column, position, now);
  const id = `r${position}c${index}`;
  const look = `${spot.look} ${cell.look ?? ''}`;
  const title = cell.exact ?? cell.text;
  const inner = renderInner(view, cell, spot);
  // Most cells hold one text: as a property it needs no nodes that mark its place.
  return inner === undefined
    ? html`<span
        id=${id}
        class=${look}
        role="gridcell"
        aria-colindex=${index + 1}
        title=${title}
        .textContent=${cell.text}
      ></span>`
    : html`<span id=${id} class=${look} role="gridcell" aria-colindex=${index + 1} title=${title}>${inner}</span>`;
}

/** What a cell holds where that is more than its text. */
function renderInner(view: TableView, cell: Cell, spot: Spot): TemplateResult | undefined {
  if (spot.index === 0) return renderName(view, cell, spot);
  if (spot.column.id === 'status' && cell.text !== '') return renderStatus(view, cell, spot.position);
  return cell.note ? html`${cell.text}<span class="visually-hidden">, ${cell.note}</span>` : undefined;
}

/** The first cell of a line: whether it is selected and charted, how deep it stands, its name. Keys do the same. */
function renderName(view: TableView, cell: Cell, { position, isSelected }: Spot): TemplateResult {
  const { lines } = view;
  const group = groupAt(lines, position);
  const row = lines.lines[position] ?? 0;
  const count = group ? group.rows.length : lines.nested.get(row);
  const depth = Math.min(lines.depths[position] ?? 0, 8);
  const isTree = lines.groups.length > 0 || lines.nested.size > 0;
  return html`<span class="check" data-action="toggle">${isSelected ? icon('check') : nothing}</span
    >${group ? nothing : renderSwatch(view, row)}<span class="indent d${depth}"></span>${
      count === undefined
        ? isTree
          ? html`<span class="fold"></span>`
          : nothing
        : html`<span class="fold" data-action="flip"
            >${icon(view.isOpen(position) ? 'chevron-down' : 'chevron-right')}</span
          >`
    }<bdi class="name">${cell.text}</bdi
    >${group ? nothing : renderStar(view, row)}${count === undefined ? nothing : html`<span class="count">${countWords(count, group !== undefined)}</span>`}`;
}

/** Filled where the run is a favourite; an empty one shows under the pointer. */
function renderStar({ favourites }: TableView, row: number): TemplateResult {
  const isStarred = favourites.has(row);
  const label = isStarred ? l10n.t('Favourite') : l10n.t('Add to favourites');
  return html`<span
    class="star ${isStarred ? 'starred' : ''}"
    title=${isStarred ? l10n.t('Remove from favourites') : label}
    data-action="star"
    >${icon(isStarred ? 'star-full' : 'star-empty')}${
      isStarred ? html`<span class="visually-hidden">, ${label}</span>` : nothing
    }</span
  >`;
}

function countWords(count: number, isGroup: boolean): string {
  if (!isGroup) return l10n.t('{0} nested', formatNumber(count));
  return count === 1 ? l10n.t('1 run') : l10n.t('{0} runs', formatNumber(count));
}

/** The run's colour in the charts; empty where it is not in them. */
function renderSwatch(view: TableView, row: number): TemplateResult {
  const place = view.colours[refKey(refOf(view.content, row))];
  const isCharted = place !== undefined;
  const title = isCharted ? l10n.t('In the charts') : l10n.t('Show in the charts');
  return html`<span class="square" title=${title} data-action="chart"
    >${isCharted ? html`<span class="swatch ${seriesClass(place)}" role="img" aria-label=${title}></span>` : nothing}</span
  >`;
}

const statusIcons: Readonly<Record<(typeof runStatuses)[number], readonly [IconName, string]>> = {
  FINISHED: ['pass', 'pass'],
  FAILED: ['error', 'failed'],
  RUNNING: ['sync', ''],
  KILLED: ['circle-slash', ''],
  SCHEDULED: ['watch', ''],
};

function renderStatus({ content, lines }: TableView, cell: Cell, position: number): TemplateResult {
  const { statuses, deleted } = content.attributes;
  const row = lines.lines[position] ?? 0;
  const [name, look] = statusIcons[runStatuses[statuses[row] ?? 0] ?? 'RUNNING'];
  const mark = deleted[row] === 1 ? icon('trash') : icon(name, look);
  return html`${mark}<span class="visually-hidden">${cell.text}</span>`;
}
