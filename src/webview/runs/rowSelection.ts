import type { RunLines } from '../../domain/runLines';
import { type Select, selectRows } from './selectRows';

/** Which rows of the table are selected: rows, not lines, so that sorting keeps them. */
export class RowSelection {
  rows: ReadonlySet<number> = new Set();
  /** The position that a range starts from. */
  private anchor = 0;

  constructor(private readonly changed: () => void) {}

  set(rows: Iterable<number>): void {
    this.rows = new Set(rows);
    this.changed();
  }

  choose(lines: RunLines, matching: Uint32Array, event: Select): void {
    this.set(selectRows(this.rows, lines, matching, this.anchor, event));
    if (event.how !== 'range') this.anchor = event.position;
  }

  /** A menu on a row outside the selection is about that row, as in VS Code's trees. */
  chooseForMenu(lines: RunLines, matching: Uint32Array, position: number): void {
    if (!this.rows.has(lines.lines[position] ?? -1)) this.choose(lines, matching, { position, how: 'only' });
  }
}
