import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { FrameColumn } from '../../domain/frame';
import { type Ref, refKey } from '../../domain/ref';
import { groupAt } from '../../domain/runLines';
import type { TableLayout } from '../../domain/tableLayout';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import { openMenu } from '../shared/menu';
import { Page } from '../shared/page';
import { toggleSeries } from '../shared/seriesColours';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import { parentColumn } from './arrange';
import { type ChooseEvent } from './columnChooser';
import './columnChooser';
import type { Column } from './columns';
import { headMenu } from './headMenu';
import { countWords, noRunsWords } from './countWords';
import { groupMenu, rowMenu } from './menus';
import { refOf } from './rowValues';
import type { GridEvent } from './runGrid';
import './runGrid';
import { runsStyles } from './runsStyles';
import { selectRows } from './selectRows';
import { TableModel } from './tableModel';

/** All runs of one or more experiments as a table. */
class RunsPageElement extends Page<RunsHost, RunsPanelState, RunsContent> {
  static override readonly properties = {
    ...Page.properties,
    data: { state: true },
    selected: { state: true },
    words: { state: true },
    layout: { state: true },
    differing: { state: true },
  };
  static override readonly styles = [baseStyles, pageStyles, runsStyles];
  declare private data: ReadonlyMap<string, FrameColumn>;
  declare private selected: ReadonlySet<number>;
  declare private words: string;
  declare private layout: TableLayout | undefined;
  /** Ids of columns in which runs differ, once that was asked. */
  declare private differing: ReadonlySet<string> | undefined;
  private readonly model = new TableModel();
  private anchor = 0;
  private readonly asked = new Set<string>();

  constructor() {
    super();
    this.data = new Map();
    this.selected = new Set();
    this.words = '';
  }

  protected override async read(signal: AbortSignal): Promise<RunsContent> {
    const { filter = '', deleted = false } = this.host.state;
    const content = await this.host.channel.request('content', { filter, deleted }, signal);
    const data = await this.readAgain(content, signal);
    if (!signal.aborted) this.take(content, data);
    return content;
  }

  /** What was seen before is there when the new content is drawn, so that no cell goes empty meanwhile. */
  private async readAgain(content: RunsContent, signal: AbortSignal): Promise<ReadonlyMap<string, FrameColumn>> {
    const seen = this.model.allColumns(content).filter(({ id }) => this.data.has(id));
    const read = seen.map(async ({ id, name }): Promise<[string, FrameColumn][]> => {
      return name ? [[id, await this.host.channel.request('column', name, signal)]] : [];
    });
    return new Map((await Promise.all(read)).flat());
  }

  /** Rows may be others now: what is selected is found again by its id. */
  private take(content: RunsContent, data: ReadonlyMap<string, FrameColumn>): void {
    const ids = new Set([...this.selected].map((row) => this.content?.attributes.runIds[row]));
    const rows = content.attributes.runIds.flatMap((id, row) => (ids.has(id) ? [row] : []));
    this.selected = new Set(rows);
    this.layout ??= content.layout;
    this.data = data;
    this.asked.clear();
    for (const id of data.keys()) this.asked.add(id);
    this.differing = undefined;
    if (this.layout.differing) void this.readDiffering();
    this.save({ sources: content.sources, filter: content.filter });
  }

  override willUpdate(): void {
    const { content, layout, data, words, selected, differing } = this;
    if (!content || !layout) return;
    const { flipped = [], colours = {} } = this.host.state;
    this.model.update({ content, layout, data, words, selected, differing, flipped, colours });
    const needed = this.model.neededColumns(parentColumn);
    for (const column of needed) void this.readColumn(column);
  }

  protected override renderContent(content: RunsContent): TemplateResult {
    const { rows, view } = this.model;
    const isEmpty = rows.length === 0;
    return html`
      <header>
        <div class="heading">
          <h1>${Object.values(content.experimentNames).join(', ')}</h1>
          <p class="dimmed">${countWords(content, rows.length)}</p>
        </div>
        <div class="tools">
          ${this.iconButton('group-by-ref-type', l10n.t('Group and colour'), (event) => this.openGroupMenu(event))}
          ${this.iconButton('settings', l10n.t('Choose columns'), () => this.change({ choosing: !this.isChoosing }))}
          ${this.iconButton('refresh', l10n.t('Refresh'), () => this.act('refresh'))}
        </div>
      </header>
      <div class="bar">
        <input
          class="filter"
          aria-label=${l10n.t('MLflow filter')}
          placeholder=${l10n.t("MLflow filter, such as metrics.auc > 0.9 and params.depth = '3'")}
          .value=${content.filter}
          @change=${(event: Event) => this.filter((event.target as HTMLInputElement).value)}
        />
        <input
          aria-label=${l10n.t('Search by name')}
          placeholder=${l10n.t('Search by name')}
          @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)}
        />
      </div>
      <div class="main">
        ${
          isEmpty
            ? emptyWords(noRunsWords(content, this.words))
            : html`<rs-run-grid
                .view=${view}
                @grid=${(event: CustomEvent<GridEvent>) => this.onGrid(event.detail)}
              ></rs-run-grid>`
        }
        ${this.isChoosing ? this.renderChooser() : nothing}
      </div>
      <footer>${this.renderFooter(content)}</footer>
      <rs-menu></rs-menu>
    `;
  }

  private renderChooser(): TemplateResult {
    return html`<rs-column-chooser
      .columns=${this.model.orderedColumns}
      .layout=${this.layout}
      @choose=${(event: CustomEvent<ChooseEvent>) => this.onChoose(event.detail)}
    ></rs-column-chooser>`;
  }

  private renderFooter({ more }: RunsContent): TemplateResult {
    const count = this.selected.size;
    return html`
      <span class="dimmed" role="status">${count === 0 ? nothing : l10n.t('{0} selected', count)}</span>
      ${
        count < 2
          ? nothing
          : html`<button class="link" @click=${() => this.act('compare', this.refs())}>${l10n.t('Compare')}</button>`
      }
      ${more ? html`<button class="link" @click=${() => void this.loadMore()}>${l10n.t('Load 1,000 more')}</button>` : nothing}
    `;
  }

  private get isChoosing(): boolean {
    return this.host.state.choosing ?? false;
  }

  private onGrid(event: GridEvent): void {
    switch (event.kind) {
      case 'need':
        for (const column of event.columns) void this.readColumn(column);
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
        this.openHeadMenu(event.column, event.at);
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
      case 'chart':
        this.chart(event.position);
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
    if (layout.differing && !this.differing) void this.readDiffering();
    void this.host.channel.request('saveLayout', { layout });
  }

  private openHeadMenu(id: string, at: DOMRect): void {
    const column = this.model.view.columns.find((each) => each.id === id);
    if (!column || !this.layout) return;
    const items = headMenu(column, this.model.view.columns, this.layout, {
      arrange: (layout) => this.arrange(layout),
      move: (from, to) => this.arrange(this.model.moved(from, to)),
      choose: () => this.change({ choosing: true }),
    });
    openMenu(this.renderRoot, items, at);
  }

  private openGroupMenu(event: MouseEvent): void {
    if (!this.layout) return;
    const items = groupMenu(this.model.orderedColumns, this.layout, (layout) => this.arrange(layout));
    openMenu(this.renderRoot, items, (event.currentTarget as HTMLElement).getBoundingClientRect());
  }

  /** A menu on a row outside the selection is about that row, as in VS Code's trees. */
  private openRowMenu({ position, column, at }: Extract<GridEvent, { kind: 'rowMenu' }>): void {
    const { lines } = this.model.view;
    const isSelected = this.selected.has(lines.lines[position] ?? -1);
    if (!isSelected) {
      this.selected = selectRows(this.selected, lines, this.model.rows, this.anchor, { position, how: 'only' });
      this.anchor = position;
    }
    const items = rowMenu(this.model, this.refs(), position, column, {
      act: (action, refs) => this.act(action, refs),
      copy: (text) => this.copy(text),
      chart: () => this.chart(position),
    });
    openMenu(this.renderRoot, items, at);
  }

  private chart(position: number): void {
    if (groupAt(this.model.view.lines, position)) return;
    this.change({ colours: toggleSeries(this.host.state.colours ?? {}, refKey(this.refAt(position))) });
  }

  private async readColumn({ id, name }: Column): Promise<void> {
    if (!name || this.asked.has(id)) return;
    this.asked.add(id);
    const { content } = this;
    try {
      const column = await this.host.channel.request('column', name);
      if (content === this.content) this.data = new Map(this.data).set(id, column);
    } catch (error) {
      if (content === this.content) this.error = error;
    }
  }

  private async readDiffering(): Promise<void> {
    try {
      const names = await this.host.channel.request('differing', {});
      this.differing = this.model.idsOf(names);
    } catch (error) {
      this.error = error;
    }
  }

  private filter(filter: string): void {
    this.save({ filter: filter.trim() });
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
