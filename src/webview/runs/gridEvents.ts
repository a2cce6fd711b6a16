import type { Column } from './columns';
import type { Select } from './selectRows';

/** What a person does in the grid; a page listens for `grid`. */
export type GridEvent =
  | { readonly kind: 'sort'; readonly column: string; readonly added: boolean }
  | ({ readonly kind: 'select' } & Select)
  | { readonly kind: 'open' | 'flip' | 'chart'; readonly position: number }
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

/** The column of the cell that an event is about. */
export function columnAt(event: MouseEvent): number {
  const cell = event.composedPath().find((target) => target instanceof HTMLElement && target.role === 'gridcell');
  return Number((cell as HTMLElement | undefined)?.ariaColIndex ?? 1) - 1;
}
