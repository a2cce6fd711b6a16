import { groupAt } from '../../domain/runLines';
import { copiedText } from './cells';
import type { Place } from './gridLayout';
import type { GridEvent } from './gridEvents';
import type { TableView } from './tableView';

/** px that a key widens or narrows a column by. */
const resizeStep = 16;

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What a key does at the active cell, where it does not move. */
export function actionOfKey(view: TableView, place: Place, event: Key): GridEvent | undefined {
  const withCtrl = event.ctrlKey || event.metaKey;
  if (withCtrl && event.key === 'a') return { kind: 'select', position: 0, how: 'all' };
  if (withCtrl && event.key === 'c') return { kind: 'copy', text: textAt(view, place) };
  return place.row < 0 ? actionOnHead(view, place, event) : actionOnRow(view, place, event);
}

function actionOnRow(view: TableView, { row: position, column }: Place, { key, altKey }: Key): GridEvent | undefined {
  const isGroup = groupAt(view.lines, position) !== undefined;
  if (column === 0 && key === foldKey(view, position)) return { kind: 'flip', position };
  if (key === ' ') return { kind: 'select', position, how: 'toggle' };
  if (key === 'Enter') return { kind: isGroup ? 'flip' : 'open', position };
  if (key === 'f' && !altKey) return { kind: 'star', position };
  return key === 'c' && !altKey ? { kind: 'chart', position } : undefined;
}

/** Right opens what is folded, Left folds what is open (the ARIA treegrid pattern). */
function foldKey(view: TableView, position: number): string | undefined {
  const { lines } = view;
  if (!groupAt(lines, position) && !lines.nested.has(lines.lines[position] ?? -1)) return undefined;
  return view.isOpen(position) ? 'ArrowLeft' : 'ArrowRight';
}

function actionOnHead({ columns }: TableView, place: Place, { key, altKey, shiftKey }: Key): GridEvent | undefined {
  const column = columns[place.column];
  if (!column) return undefined;
  if (key === 'Enter' || key === ' ') return { kind: 'sort', column: column.id, added: shiftKey };
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (!altKey || step === 0) return undefined;
  if (!shiftKey) return { kind: 'resize', column: column.id, width: column.width + step * resizeStep };
  const to = columns[place.column + step];
  return to && place.column > 0 && place.column + step > 0 ? { kind: 'move', column: column.id, to: to.id } : undefined;
}

function textAt(view: TableView, { row, column: index }: Place): string {
  const column = view.columns[index];
  if (!column) return '';
  return row < 0 ? column.title : copiedText(view, column, row);
}
