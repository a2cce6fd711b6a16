import { Memo } from '../shared/memo';
import type { Column } from './columns';
import { groupNameRoom, layoutRules, rowHeight } from './gridLayout';

/** Widths and places of cells, which change with each scroll: no style attributes, which the page's policy forbids. */
export class GridSheets {
  private readonly layout = new CSSStyleSheet();
  private readonly scrolled = new CSSStyleSheet();
  private readonly rules = new Memo<string>();
  private ruled = '';
  private offset = 0;

  adopt(root: ShadowRoot): void {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.layout, this.scrolled];
  }

  layOut(columns: readonly Column[], stuck: number, lines: number, width: number): void {
    const room = groupNameRoom(columns, width);
    const rules = this.rules.get([columns, lines, stuck, room], () => {
      const across = `width:${room}px;margin-inline-end:${(columns[0]?.width ?? 0) - room}px`;
      return `${layoutRules(columns, stuck, lines)}.unscrolled .group .c0{${across}}`;
    });
    if (rules === this.ruled) return;
    this.ruled = rules;
    this.layout.replaceSync(rules);
  }

  /** Room for the columns that are scrolled away, px. */
  leaveRoom(offset: number): void {
    if (offset === this.offset) return;
    this.offset = offset;
    this.scrolled.replaceSync(`.spacer{width:${offset}px}`);
  }
}

/** Rows keep their places in the body while others come and go: were it moved, all of them would be painted again. */
export function placeRows(root: ParentNode, first: number): void {
  const body = root.querySelector<HTMLElement>('.body');
  if (body) body.style.paddingTop = `${first * rowHeight}px`;
}
