import type { Column } from './columns';
import type { Select } from './selectRows';

/** What a person does in the grid; a page listens for `grid`. */
export type GridEvent =
  | { readonly kind: 'sort'; readonly column: string; readonly added: boolean }
  | ({ readonly kind: 'select' } & Select)
  | { readonly kind: 'open' | 'flip' | 'chart' | 'star'; readonly position: number }
  | { readonly kind: 'point'; readonly row: number | undefined }
  | { readonly kind: 'need'; readonly columns: readonly Column[] }
  | { readonly kind: 'resize'; readonly column: string; readonly width: number }
  | { readonly kind: 'move'; readonly column: string; readonly to: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'headMenu'; readonly column: string; readonly at: DOMRect }
  | {
      readonly kind: 'rowMenu';
      readonly position: number;
      readonly column: string;
      readonly at: { x: number; y: number };
    };

/** What a part of a row does that is clicked by itself. */
type PartAction = 'flip' | 'chart' | 'star' | 'toggle';

/** The column of the cell that an event is about. */
export function columnAt(event: Event): number {
  return Number(elementAt(event, ({ role }) => role === 'gridcell')?.ariaColIndex ?? 1) - 1;
}

/** The line that an event is about. */
export function positionAt(event: Event): number | undefined {
  const row = elementAt(event, ({ role }) => role === 'row');
  return row && Number(row.ariaRowIndex) - 2;
}

export function actionAt(event: Event): PartAction | undefined {
  const part = elementAt(event, ({ dataset }) => dataset['action'] !== undefined);
  return part?.dataset['action'] as PartAction | undefined;
}

function elementAt(event: Event, is: (element: HTMLElement) => boolean): HTMLElement | undefined {
  return event.composedPath().find((target) => target instanceof HTMLElement && is(target)) as HTMLElement | undefined;
}
