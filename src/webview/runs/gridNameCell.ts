import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../domain/format';
import { refKey } from '../../domain/ref';
import { runStatuses } from '../../domain/run';
import { groupAt } from '../../domain/runLines';
import { icon, type IconName } from '../shared/icons';
import { seriesClass } from '../shared/theme';
import type { Cell } from './cells';
import { refOf } from './rowValues';
import type { TableView } from './tableView';

export interface NameActions {
  readonly flip: () => void;
  readonly chart: () => void;
  readonly star: () => void;
  readonly toggle: () => void;
}

/** The first cell of a line: whether it is selected and charted, how deep it stands, its name. Keys do the same. */
export function renderName(
  view: TableView,
  cell: Cell,
  position: number,
  isSelected: boolean,
  actions: NameActions,
): TemplateResult {
  const { lines } = view;
  const group = groupAt(lines, position);
  const row = lines.lines[position] ?? 0;
  const count = group ? group.rows.length : lines.nested.get(row);
  const only = (act: () => void) => (event: MouseEvent) => {
    event.stopPropagation();
    act();
  };
  const depth = Math.min(lines.depths[position] ?? 0, 8);
  const isTree = lines.groups.length > 0 || lines.nested.size > 0;
  return html`<span class="check" @click=${only(actions.toggle)}>${isSelected ? icon('check') : nothing}</span
    >${group ? nothing : renderSwatch(view, row, only(actions.chart))}<span class="indent d${depth}"></span>${
      count === undefined
        ? isTree
          ? html`<span class="fold"></span>`
          : nothing
        : html`<span class="fold" @click=${only(actions.flip)}
            >${icon(view.isOpen(position) ? 'chevron-down' : 'chevron-right')}</span
          >`
    }<bdi class="name">${cell.text}</bdi
    >${group ? nothing : renderStar(view, row, only(actions.star))}${count === undefined ? nothing : html`<span class="count">${countWords(count, group !== undefined)}</span>`}`;
}

/** Filled where the run is a favourite; an empty one shows under the pointer. */
function renderStar({ favourites }: TableView, row: number, onClick: (event: MouseEvent) => void): TemplateResult {
  const isStarred = favourites.has(row);
  const label = isStarred ? l10n.t('Favourite') : l10n.t('Add to favourites');
  return html`<span
    class="star ${isStarred ? 'starred' : ''}"
    title=${isStarred ? l10n.t('Remove from favourites') : label}
    @click=${onClick}
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
function renderSwatch(view: TableView, row: number, onClick: (event: MouseEvent) => void): TemplateResult {
  const place = view.colours[refKey(refOf(view.content, row))];
  const isCharted = place !== undefined;
  const title = isCharted ? l10n.t('In the charts') : l10n.t('Show in the charts');
  return html`<span class="square" title=${title} @click=${onClick}
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

export function renderStatus({ content, lines }: TableView, cell: Cell, position: number): TemplateResult {
  const { statuses, deleted } = content.attributes;
  const row = lines.lines[position] ?? 0;
  const [name, look] = statusIcons[runStatuses[statuses[row] ?? 0] ?? 'RUNNING'];
  const mark = deleted[row] === 1 ? icon('trash') : icon(name, look);
  return html`${mark}<span class="visually-hidden">${cell.text}</span>`;
}
