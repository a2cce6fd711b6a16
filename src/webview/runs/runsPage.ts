import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { FrameColumn } from '../../domain/frame';
import { type Ref, refKey } from '../../domain/ref';
import { groupAt } from '../../domain/runLines';
import type { TableLayout } from '../../domain/tableLayout';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import { boxOf } from '../shared/buttons';
import { Page } from '../shared/page';
import { onlySeries, type SeriesColours, toggleSeries } from '../shared/seriesColours';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import { parentColumn } from './arrange';
import './chartsBeside';
import { type ChooseEvent } from './columnChooser';
import './columnChooser';
import { countWords, noRunsWords } from './countWords';
import { renderFooter } from './footer';
import { ReadColumns } from './readColumns';
import { refOf } from './rowValues';
import type { GridEvent } from './gridEvents';
import './runGrid';
import { renderHead } from './runsHead';
import { RunsMenus } from './runsMenus';
import { runsStyles } from './runsStyles';
import { selectRows } from './selectRows';
import { serverOrder } from './serverOrder';
import { TableModel } from './tableModel';

/** All runs of one or more experiments as a table. */
class RunsPageElement extends Page<RunsHost, RunsPanelState, RunsContent> {
  static override readonly properties = {
    ...Page.properties,
    selected: { state: true },
    words: { state: true },
    layout: { state: true },
    said: { state: true },
    pointed: { state: true },
    brushed: { state: true },
  };
  static override readonly styles = [baseStyles, pageStyles, runsStyles];
  declare private selected: ReadonlySet<number>;
  declare private words: string;
  declare private layout: TableLayout | undefined;
  declare private said: string;
  /** Row of the run that is pointed at in the charts. */
  declare private pointed: number | undefined;
  /** Rows in the ranges that are brushed in a chart. */
  declare private brushed: Uint32Array | undefined;
  private readonly model = new TableModel();
  private readonly menus = new RunsMenus({
    root: () => this.renderRoot,
    host: this.host,
    model: this.model,
    layout: () => this.layout ?? {},
    selected: () => this.selected,
    refs: () => this.refs(),
    arrange: (layout) => this.arrange(layout),
    change: (state) => this.change(state),
    reload: (state) => this.reload(state),
    act: (action, refs) => this.act(action, refs),
    copy: (text) => this.copy(text),
    chart: () => this.chart(this.refs()),
    say: (words) => (this.said = words),
    failed: (error) => (this.error = error),
  });
  private anchor = 0;
  private orderBy: readonly string[] = [];
  private readonly columns = new ReadColumns(
    this.host,
    () => this.requestUpdate(),
    (error) => (this.error = error),
  );

  constructor() {
    super();
    this.selected = new Set();
    this.words = '';
    this.said = '';
  }

  protected override async read(signal: AbortSignal): Promise<RunsContent> {
    const { filter = '', deleted = false } = this.host.state;
    const orderBy = this.orderBy;
    const content = await this.host.channel.request('content', { filter, deleted, orderBy }, signal);
    const data = await this.columns.readAgain(content, signal);
    if (!signal.aborted) this.take(content, data);
    return content;
  }

  /** Rows may be others now: what is selected is found again by its id. */
  private take(content: RunsContent, data: ReadonlyMap<string, FrameColumn>): void {
    const found = (before: Iterable<number>): number[] => {
      const ids = new Set(Array.from(before, (row) => this.content?.attributes.runIds[row]));
      return content.attributes.runIds.flatMap((id, row) => (ids.has(id) ? [row] : []));
    };
    this.selected = new Set(found(this.selected));
    this.brushed &&= Uint32Array.from(found(this.brushed));
    this.pointed = undefined;
    this.layout ??= content.layout;
    this.columns.take(data);
    this.orderOnServer(content);
    this.save({ sources: content.sources });
  }

  override willUpdate(): void {
    const { content, layout, words, selected, brushed, pointed } = this;
    if (!content || !layout) return;
    const { data, differing } = this.columns;
    const { flipped = [], colours = {} } = this.host.state;
    this.model.update({ content, layout, data, words, selected, differing, flipped, colours, brushed, pointed });
    this.columns.need(this.model.neededColumns(parentColumn));
    if (layout.differing) this.columns.needDiffering();
  }

  protected override renderContent(content: RunsContent): TemplateResult {
    const { rows, view } = this.model;
    const isEmpty = rows.length === 0;
    return html`
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
            ? emptyWords(noRunsWords(content, this.words))
            : html`<rs-run-grid
                .view=${view}
                @grid=${(event: CustomEvent<GridEvent>) => this.onGrid(event.detail)}
              ></rs-run-grid>`
        }
        ${
          this.isChoosing
            ? html`<rs-column-chooser
                .columns=${this.model.orderedColumns}
                .layout=${this.layout}
                @choose=${(event: CustomEvent<ChooseEvent>) => this.onChoose(event.detail)}
              ></rs-column-chooser>`
            : nothing
        }
      </rs-charts-beside>
      <footer>${this.renderFooter(content)}</footer>
      <rs-menu></rs-menu>
    `;
  }

  private renderHead(content: RunsContent): TemplateResult {
    return renderHead(content, {
      filter: this.host.state.filter ?? '',
      counts: countWords(content, this.model.rows.length, this.model.view.sorting),
      menus: this.menus,
      choose: () => this.change({ choosing: !this.isChoosing }),
      refresh: () => this.act('refresh'),
      search: (words) => (this.words = words),
      reload: (filter) => this.reload({ filter }),
    });
  }

  private renderFooter({ more }: RunsContent): TemplateResult {
    return renderFooter({
      selected: this.selected.size,
      matching: this.model.rows.length,
      more,
      said: this.said,
      refs: () => this.refs(),
      act: (action, refs) => this.act(action, refs),
      selectAll: () => void this.selectAll(),
      chart: () => this.chart(this.refs(), onlySeries),
      export: (event) => this.menus.export(boxOf(event)),
      loadMore: () => void this.loadMore(),
    });
  }

  private get isChoosing(): boolean {
    return this.host.state.choosing ?? false;
  }

  private onGrid(event: GridEvent): void {
    switch (event.kind) {
      case 'need':
        this.columns.need(event.columns);
        break;
      case 'sort':
        this.arrange(this.model.sorted(event.column, event.added));
        break;
      case 'resize':
        this.arrange(this.model.resized(event.column, event.width));
        break;
      case 'move':
        this.arrange(this.model.moved(event.column, event.to));
        break;
      case 'copy':
        this.copy(event.text);
        break;
      case 'headMenu':
        this.menus.head(event.column, event.at);
        break;
      case 'rowMenu':
        this.openRowMenu(event);
        break;
      case 'open':
        this.act('openRun', [this.refAt(event.position)]);
        break;
      case 'flip':
        this.change({ flipped: this.model.flipped(event.position) });
        break;
      case 'point':
        this.pointed = event.row;
        break;
      case 'chart':
        if (!groupAt(this.model.view.lines, event.position)) this.chart([this.refAt(event.position)]);
        break;
      default:
        this.selected = selectRows(this.selected, this.model.view.lines, this.model.rows, this.anchor, event);
        if (event.how !== 'range') this.anchor = event.position;
    }
  }

  private onChoose(event: ChooseEvent): void {
    const { model } = this;
    if (event.kind === 'close') this.change({ choosing: false });
    else if (event.kind === 'reset') this.arrange({});
    else if (event.kind === 'move') this.arrange(model.moved(event.column, event.to));
    else if (event.kind === 'pin') this.arrange(model.pinned(event.column, event.pinned));
    else if (event.kind === 'show') this.arrange(model.shown(event.columns, event.shown));
    else this.arrange({ ...this.layout, differing: event.on });
  }

  private arrange(layout: TableLayout): void {
    this.layout = layout;
    void this.host.channel.request('saveLayout', { layout });
    if (this.content) this.orderOnServer(this.content);
  }

  /** Of a server also those that are not loaded yet. */
  private async selectAll(): Promise<void> {
    while (this.content?.more && this.error === undefined) await this.loadMore();
    await this.updateComplete;
    this.selected = new Set(this.model.rows);
  }

  /** A menu on a row outside the selection is about that row, as in VS Code's trees. */
  private openRowMenu({ position, column, at }: Extract<GridEvent, { kind: 'rowMenu' }>): void {
    const { lines } = this.model.view;
    const isSelected = this.selected.has(lines.lines[position] ?? -1);
    if (!isSelected) {
      this.selected = selectRows(this.selected, lines, this.model.rows, this.anchor, { position, how: 'only' });
      this.anchor = position;
    }
    this.menus.row(position, column, at);
  }

  private chart(refs: readonly Ref[], change = toggleSeries): void {
    this.change({ colours: change(this.host.state.colours ?? {}, refs.map(refKey)) });
  }

  /** What is loaded of a server would hide the best of what is not: its own order says which runs come first. */
  private orderOnServer(content: RunsContent): void {
    const wanted = serverOrder(this.model.allColumns(content), this.layout?.sorting ?? []);
    if (!content.more || wanted.join() === this.orderBy.join()) return;
    this.orderBy = wanted;
    void this.load();
  }

  private reload(state: Partial<RunsPanelState>): void {
    this.save(state);
    void this.load();
  }

  private async loadMore(): Promise<void> {
    try {
      const content = await this.host.channel.request('more', {});
      this.take(content, new Map());
      this.content = content;
    } catch (error) {
      this.error = error;
    }
  }

  /** What is selected, in the order of the table. */
  private refs(): readonly Ref[] {
    const { content } = this;
    if (!content) return [];
    return Array.from(this.model.rows.filter((row) => this.selected.has(row))).map((row) => refOf(content, row));
  }

  private refAt(position: number): Ref {
    return refOf(this.model.view.content, this.model.view.lines.lines[position] ?? 0);
  }
}

customElements.define('rs-runs', RunsPageElement);
