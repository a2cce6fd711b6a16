import { groupAt } from '../../domain/runLines';
import { resetLayout, starColumn } from '../../domain/tableLayout';
import type { ChooseEvent } from './columnChooser';
import type { GridEvent } from './gridEvents';
import type { ReadColumns } from './readColumns';
import type { RowSelection } from './rowSelection';
import { refOf } from './rowValues';
import type { MenuPage, RunsMenus } from './runsMenus';

interface CommandPage extends MenuPage {
  readonly columns: ReadColumns;
  readonly selection: RowSelection;
  readonly point: (row: number | undefined) => void;
}

/** What is done when a person clicks, drags or presses a key in the grid and in the list of columns. */
export class TableCommands {
  constructor(
    private readonly page: CommandPage,
    private readonly menus: RunsMenus,
  ) {}

  onGrid(event: GridEvent): void {
    const { page } = this;
    const { model } = page;
    switch (event.kind) {
      case 'need':
        page.columns.need(event.columns);
        break;
      case 'sort':
        page.arrange(model.sorted(event.column, event.added));
        break;
      case 'resize':
        page.arrange(model.resized(event.column, event.width));
        break;
      case 'move':
        page.arrange(model.moved(event.column, event.to));
        break;
      case 'copy':
        page.copy(event.text);
        break;
      case 'headMenu':
        this.menus.head(event.column, event.at);
        break;
      case 'rowMenu':
        page.selection.chooseForMenu(model.view.lines, model.rows, event.position);
        this.menus.row(event.position, event.column, event.at);
        break;
      case 'open':
        page.act('openRun', [this.refAt(event.position)]);
        break;
      case 'flip':
        page.change({ flipped: model.flipped(event.position) });
        break;
      case 'point':
        page.point(event.row);
        break;
      case 'star':
        this.star(event.position);
        break;
      case 'chart':
        if (!groupAt(model.view.lines, event.position)) page.chart([this.refAt(event.position)]);
        break;
      default:
        page.selection.choose(model.view.lines, model.rows, event);
    }
  }

  onChoose(event: ChooseEvent): void {
    const { page, menus } = this;
    const { model, arrange } = page;
    if (event.kind === 'close') page.change({ choosing: false });
    else if (event.kind === 'reset') arrange(resetLayout(page.layout()));
    else if (event.kind === 'move') arrange(model.moved(event.column, event.to));
    else if (event.kind === 'pin') arrange(model.pinned(event.column, event.pinned));
    else if (event.kind === 'show') arrange(model.shown(event.columns, event.shown));
    else if (event.kind === 'star') arrange(starColumn(page.layout(), event.column, event.starred));
    else if (event.kind === 'onlyStarred') arrange({ ...page.layout(), onlyStarred: event.on });
    else if (event.kind === 'histories') menus.histories(event.column, event.at);
    else arrange({ ...page.layout(), differing: event.on });
  }

  private star(position: number): void {
    const { lines, favourites } = this.page.model.view;
    if (groupAt(lines, position)) return;
    this.page.star([this.refAt(position)], !favourites.has(lines.lines[position] ?? -1));
  }

  private refAt(position: number): ReturnType<typeof refOf> {
    const { content, lines } = this.page.model.view;
    return refOf(content, lines.lines[position] ?? 0);
  }
}
