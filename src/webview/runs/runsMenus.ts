import * as l10n from '@vscode/l10n';
import type { ExportFormat } from '../../domain/exportTable';
import type { Ref } from '../../domain/ref';
import type { SavedView } from '../../domain/savedViews';
import type { HistoryColumn, TableLayout } from '../../domain/tableLayout';
import type { ExportRequest, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import type { Action } from '../../panels/webview.messages';
import type { Host } from '../shared/host';
import { type MenuItem, openMenu } from '../shared/menu';
import type { Column } from './columns';
import { exportedWords } from './countWords';
import { headMenu, historyItems } from './headMenu';
import { exportMenu, groupMenu, rowMenu, viewsMenu } from './menus';
import type { RowSelection } from './rowSelection';
import type { TableModel } from './tableModel';

/** The page that the menus belong to. */
export interface MenuPage {
  readonly root: () => ParentNode;
  readonly host: Host<RunsHost, RunsPanelState>;
  readonly model: TableModel;
  /** When what was asked for last is drawn. */
  readonly drawn: () => Promise<unknown>;
  readonly layout: () => TableLayout;
  readonly selection: RowSelection;
  readonly refs: () => readonly Ref[];
  readonly arrange: (layout: TableLayout) => void;
  readonly change: (state: Partial<RunsPanelState>) => void;
  readonly reload: (state: Partial<RunsPanelState>) => void;
  readonly act: (action: Action, refs?: readonly Ref[]) => void;
  readonly copy: (text: string) => void;
  /** Puts runs into the charts, or out of them. */
  readonly chart: (refs: readonly Ref[]) => void;
  readonly star: (refs: readonly Ref[], on: boolean) => void;
  /** Says what was done. */
  readonly say: (words: string) => void;
  readonly failed: (error: unknown) => void;
}

type At = Parameters<typeof openMenu>[2];

/** The menus of the runs table and what they do. */
export class RunsMenus {
  constructor(private readonly page: MenuPage) {}

  head(id: string, at: At): void {
    const { page } = this;
    const { columns } = page.model.view;
    const column = columns.find((each) => each.id === id);
    if (!column) return;
    const act = {
      arrange: page.arrange,
      move: (from: string, to: string) => page.arrange(page.model.moved(from, to)),
      choose: () => page.change({ choosing: true }),
      history: (of: HistoryColumn) => page.arrange(page.model.history(of)),
    };
    this.open(headMenu(column, columns, page.layout(), act, page.model.view.content.contract), at);
  }

  /** Of the list of columns: which columns over a metric's history are there. */
  histories(column: Column, at: At): void {
    const { model, layout, arrange } = this.page;
    const flip = (of: HistoryColumn): void => arrange(model.history(of));
    const items = historyItems(column, layout(), model.view.content.contract, flip);
    // Alone they need no line above.
    this.open(
      items.map(({ label, checked = false, run }) => ({ label, checked, run })),
      at,
    );
  }

  row(position: number, column: string, at: At): void {
    const { model, refs, act, copy, chart, star } = this.page;
    this.open(rowMenu(model, refs(), position, column, { act, copy, chart: () => chart(refs()), star }), at);
  }

  look(at: At): void {
    const { model, layout, arrange, host, reload } = this.page;
    const shown = host.state.deleted ?? false;
    const deleted = { shown, flip: () => reload({ deleted: !shown }) };
    this.open(groupMenu(model.orderedColumns, layout(), arrange, deleted), at);
  }

  export(at: At): void {
    this.open(
      exportMenu((format, to) => void this.attempt(() => this.exportRows(format, to))),
      at,
    );
  }

  views(at: At): void {
    void this.attempt(async () => {
      const views = await this.page.host.channel.request('views', {});
      const items = viewsMenu(views, {
        show: (view) => this.showView(view),
        save: () => void this.attempt(() => this.saveView()),
        remove: () => void this.attempt(() => this.removeView()),
      });
      this.open(items, at);
    });
  }

  /** The selected rows, or all that match where none is selected; in the order of the table. */
  private async exportRows(format: ExportFormat, to: ExportRequest['to']): Promise<void> {
    const { model, host, say, selection } = this.page;
    if (!(await this.isOrdered())) return;
    const { rows, view } = model;
    const isChosen = selection.rows;
    const chosen = isChosen.size > 0 ? rows.filter((row) => isChosen.has(row)) : rows;
    const columns = view.columns.map(({ id, title, name, of }) => ({
      id,
      title,
      ...(name && { name }),
      ...(of && { of }),
    }));
    const where = await host.channel.request('export', { format, to, rows: chosen, columns });
    if (where !== undefined) say(exportedWords(chosen.length, where));
  }

  /** Of many rows a worker may still be finding those that were sought last; if that failed, the page says so. */
  private async isOrdered(): Promise<boolean> {
    const { drawn, model } = this.page;
    await drawn();
    await model.settled();
    await drawn();
    return model.isOrdered;
  }

  private showView({ filter, layout }: SavedView): void {
    this.page.arrange(layout);
    this.page.reload({ filter });
  }

  private async saveView(): Promise<void> {
    const { host, layout, say } = this.page;
    const view = { filter: host.state.filter ?? '', layout: layout() };
    const name = await host.channel.request('saveView', view);
    if (name !== undefined) say(l10n.t('View {0} is saved', name));
  }

  private async removeView(): Promise<void> {
    const name = await this.page.host.channel.request('deleteView', {});
    if (name !== undefined) this.page.say(l10n.t('View {0} is deleted', name));
  }

  private open(items: readonly MenuItem[], at: At): void {
    openMenu(this.page.root(), items, at);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.page.failed(error);
    }
  }
}
