import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled } from '../../domain/errors';
import type { FrameColumn } from '../../domain/frame';
import { type Ref, refKey } from '../../domain/ref';
import type { TableLayout } from '../../domain/tableLayout';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import type { Action } from '../../panels/webview.messages';
import { boxOf } from '../shared/buttons';
import { keeper } from '../shared/host';
import { Page } from '../shared/page';
import { onlySeries, type SeriesColours, toggleSeries } from '../shared/seriesColours';
import { baseStyles, pageStyles } from '../shared/styles';
import './chartsBeside';
import { Arranger } from './arranger';
import { type ChooseEvent } from './columnChooser';
import './columnChooser';
import type { Column } from './columns';
import { countWords } from './countWords';
import { renderEmpty } from './emptyTable';
import { renderFooter } from './footer';
import { ReadColumns } from './readColumns';
import { RowSelection } from './rowSelection';
import { foundAgain, refOf, someDeleted } from './rowValues';
import type { GridEvent } from './gridEvents';
import './runGrid';
import { renderHead } from './runsHead';
import { RunsMenus } from './runsMenus';
import { runsStyles } from './runsStyles';
import { SelectAll } from './selectAll';
import { serverOrder } from './serverOrder';
import { startWorker } from './startWorker';
import { TableCommands } from './tableCommands';
import { TableModel } from './tableModel';
import { TableOrder } from './tableOrder';

/** All runs of one or more experiments as a table. */
class RunsPageElement extends Page<RunsHost, RunsPanelState, RunsContent> {
  static override readonly properties = {
    ...Page.properties,
    words: { state: true },
    layout: { state: true },
    said: { state: true },
    pointed: { state: true },
    starred: { state: true },
    brushed: { state: true },
  };
  static override readonly styles = [baseStyles, pageStyles, runsStyles];
  declare private words: string;
  declare private layout: TableLayout | undefined;
  declare private said: string;
  /** Row of the run that is pointed at in the charts. */
  declare private pointed: number | undefined;
  /** Ids of starred runs, by source. */
  declare private starred: RunsContent['favourites'];
  /** Rows in the ranges that are brushed in a chart. */
  declare private brushed: Uint32Array | undefined;
  private readonly layoutKeeper = keeper(
    () => void this.host.channel.request('saveLayout', { layout: this.layout ?? {} }),
  );
  private readonly redraw = (): void => this.requestUpdate();
  private readonly failed = (error: unknown): void => void (this.error = error);
  private readonly model = new TableModel(new TableOrder(new Arranger(startWorker), this.redraw, this.failed));
  private readonly selection = new RowSelection(this.redraw);
  private readonly columns = new ReadColumns(this.host, this.redraw, this.failed);
  private readonly parts = {
    root: () => this.renderRoot,
    host: this.host,
    model: this.model,
    drawn: () => this.updateComplete,
    columns: this.columns,
    selection: this.selection,
    layout: () => this.layout ?? {},
    refs: () => this.refs(),
    arrange: (layout: TableLayout) => this.arrange(layout),
    change: (state: Partial<RunsPanelState>) => this.change(state),
    reload: (state: Partial<RunsPanelState>) => this.reload(state),
    act: (action: Action, refs?: readonly Ref[]) => this.act(action, refs),
    copy: (text: string) => this.copy(text),
    chart: (refs: readonly Ref[]) => this.chart(refs),
    point: (row: number | undefined) => (this.pointed = row),
    star: (refs: readonly Ref[], on: boolean) => void this.star(refs, on),
    say: (words: string) => (this.said = words),
    failed: this.failed,
  };
  private readonly menus = new RunsMenus(this.parts);
  private readonly commands = new TableCommands(this.parts, this.menus);
  private readonly gathering = new SelectAll({
    more: () => this.content?.more ?? false,
    loaded: () => this.content?.attributes.length ?? 0,
    loadMore: (signal) => this.loadMore(signal),
    isKnown: () => this.model.isOrdered,
    select: () => this.selection.set(this.model.rows),
    say: this.parts.say,
    changed: this.redraw,
  });
  private orderBy: readonly string[] = [];
  /** What is to be done when a content that was read is drawn, with the one before. */
  private readonly taking = new WeakMap<RunsContent, (before: RunsContent | undefined) => void>();

  constructor() {
    super();
    this.words = '';
    this.said = '';
    this.starred = [];
  }

  protected override async read(signal: AbortSignal): Promise<RunsContent> {
    const { filter = '', deleted = false } = this.host.state;
    const orderBy = this.orderBy;
    const content = await this.host.channel.request('content', { filter, deleted, orderBy }, signal);
    await this.prepare(content, signal);
    return content;
  }

  /** With the columns that were or will be seen; sorted, searched and grouped when it is drawn. */
  private async prepare(content: RunsContent, signal?: AbortSignal): Promise<void> {
    const layout = this.layout ?? content.layout;
    if (!this.content) this.columns.readAhead(this.model.firstColumns(content, layout, window.innerWidth));
    const data = this.content ? await this.columns.readAgain(this.columnsIn(content), signal) : this.columns.data;
    const show = await this.model.prepare({ content, data, layout, words: this.words });
    this.taking.set(content, (before) => {
      show();
      this.take(content, data, before);
    });
  }

  /** Rows may be others now: what is selected is found again by its id. */
  private take(content: RunsContent, data: ReadonlyMap<string, FrameColumn>, before: RunsContent | undefined): void {
    const again = (rows: Iterable<number>): number[] => foundAgain(rows, before, content);
    this.selection.set(again(this.selection.rows));
    this.brushed &&= Uint32Array.from(again(this.brushed));
    this.pointed = undefined;
    this.said = '';
    this.starred = content.favourites;
    this.layout ??= content.layout;
    this.columns.take(data, content);
    this.orderOnServer(content);
    this.save({ sources: content.sources });
  }

  override willUpdate(changed: PropertyValues): void {
    const { content } = this;
    if (content && changed.has('content'))
      this.taking.get(content)?.(changed.get('content') as RunsContent | undefined);
    const { layout, words, brushed, pointed, starred, columns } = this;
    if (!content || !layout) return;
    const { data, differing, isUnread } = columns;
    const { flipped = [], colours = {} } = this.host.state;
    const selected = this.selection.rows;
    const seen = { data, selected, differing, flipped, colours, brushed, pointed, starred, isUnread };
    this.model.update({ content, layout, words, ...seen, holdsRows: columns.holdsRows });
    columns.need(this.model.arrangingColumns(content, layout));
    if (layout.differing) columns.needDiffering();
    const histories = this.columnsIn(content).filter(({ of }) => of);
    columns.keepHistories(histories);
    columns.needRows(histories, selected);
  }

  override updated(): void {
    this.gathering.finish();
  }

  protected override renderContent(content: RunsContent): TemplateResult {
    const { rows, view } = this.model;
    const isEmpty = rows.length === 0;
    return html`
      ${(this.columns.isReading || this.model.isArranging) && !this.loading ? html`<rs-progress></rs-progress>` : nothing}
      ${this.renderHead(content)}
      <rs-charts-beside
        class="main"
        .content=${content}
        .rows=${rows}
        .allRows=${this.model.allRows}
        .colours=${this.host.state.colours}
        .host=${this.host}
        .version=${this.version}
        .highlighted=${this.pointed}
        @colour=${(event: CustomEvent<SeriesColours>) => this.change({ colours: event.detail })}
        @brush=${(event: CustomEvent<Uint32Array | undefined>) => (this.brushed = event.detail)}
        @highlight=${(event: CustomEvent<number | undefined>) => (this.pointed = event.detail)}
      >
        ${
          isEmpty
            ? renderEmpty(content, view, (action, refs) => this.act(action, refs))
            : html`<rs-run-grid
                .view=${view}
                @grid=${(event: CustomEvent<GridEvent>) => this.commands.onGrid(event.detail)}
              ></rs-run-grid>`
        }
        ${
          this.host.state.choosing
            ? html`<rs-column-chooser
                .columns=${this.model.orderedColumns}
                .layout=${this.layout}
                @choose=${(event: CustomEvent<ChooseEvent>) => this.commands.onChoose(event.detail)}
              ></rs-column-chooser>`
            : nothing
        }
        <footer slot="foot">${this.renderFooter(content)}</footer>
      </rs-charts-beside>
      <rs-menu></rs-menu>
    `;
  }

  private renderHead(content: RunsContent): TemplateResult {
    return renderHead(content, {
      filter: this.host.state.filter ?? '',
      counts: countWords(content, this.model.rows.length, this.model.view),
      menus: this.menus,
      choose: () => this.change({ choosing: !this.host.state.choosing }),
      refresh: () => this.act('refresh'),
      search: (words) => (this.words = words),
      reload: (filter) => this.reload({ filter }),
    });
  }

  private renderFooter(content: RunsContent): TemplateResult {
    return renderFooter({
      selected: this.selection.rows.size,
      someDeleted: someDeleted(content, this.selection.rows),
      matching: this.model.isOrdered ? this.model.rows.length : undefined,
      more: content.more,
      said: this.gathering.words ?? this.said,
      refs: () => this.refs(),
      act: (action, refs) => this.act(action, refs),
      selectAll: () => void this.gathering.begin(),
      ...(this.gathering.words !== undefined && { stop: () => this.gathering.stop() }),
      chart: () => this.chart(this.refs(), onlySeries),
      export: (event) => this.menus.export(boxOf(event)),
      loadMore: () => void this.loadMore(),
    });
  }

  private chart(refs: readonly Ref[], change = toggleSeries): void {
    this.change({ colours: change(this.host.state.colours ?? {}, refs.map(refKey)) });
  }

  private arrange(layout: TableLayout): void {
    this.layout = layout;
    this.layoutKeeper.ask();
    if (this.content) this.orderOnServer(this.content);
  }

  /** What is loaded of a server would hide the best of what is not: its own order says which runs come first. */
  private orderOnServer(content: RunsContent): void {
    const wanted = serverOrder(this.columnsIn(content), this.layout?.sorting ?? []);
    if (!content.more || wanted.join() === this.orderBy.join()) return;
    this.orderBy = wanted;
    this.askAnew();
  }

  private reload(state: Partial<RunsPanelState>): void {
    this.save(state);
    this.askAnew();
  }

  /** Other runs match: these were not meant. */
  private askAnew(): void {
    this.gathering.stop();
    void this.load();
  }

  /** Whether more came. */
  private async loadMore(signal?: AbortSignal): Promise<boolean> {
    const before = this.content;
    try {
      const content = await this.host.channel.request('more', {}, signal);
      await this.prepare(content, signal);
      // Another question may have been answered meanwhile.
      if (this.content === before && !signal?.aborted) this.content = content;
      return true;
    } catch (error) {
      if (!isCancelled(error)) this.error = error;
      return false;
    }
  }

  private async star(refs: readonly Ref[], on: boolean): Promise<void> {
    try {
      const runs = refs.map(({ registry, id }) => ({ registry, runId: id }));
      this.starred = await this.host.channel.request('star', { runs, on });
    } catch (error) {
      this.error = error;
    }
  }

  private columnsIn(content: RunsContent): readonly Column[] {
    return this.model.allColumns(content, this.layout ?? content.layout);
  }

  /** What is selected, in the order of the table. */
  private refs(): readonly Ref[] {
    const { content } = this;
    if (!content) return [];
    return Array.from(this.model.rows.filter((row) => this.selection.rows.has(row))).map((row) => refOf(content, row));
  }
}

customElements.define('rs-runs', RunsPageElement);
