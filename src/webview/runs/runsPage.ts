import * as l10n from '@vscode/l10n';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { FrameColumn } from '../../domain/frame';
import type { Ref } from '../../domain/ref';
import { allRows, orderRows, searchRows } from '../../domain/rowOrder';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import { type Column, columnsOf, nameOf, sortValues, sourceOf } from './columns';
import type { GridEvent, Sorting } from './runGrid';
import './runGrid';
import { selectRows } from './selectRows';

const pageLook = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100vh;
    box-sizing: border-box;
    padding-bottom: 16px;
  }
  header {
    margin-bottom: 8px;
  }
  rs-run-grid {
    flex: 1 1 auto;
    min-height: 120px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    margin-bottom: 8px;
  }
  input {
    font: inherit;
    flex: 1 1 160px;
    min-width: 0;
    height: 24px;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 2px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  input.filter {
    flex-grow: 3;
    font-family: var(--vscode-editor-font-family);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    min-height: 22px;
    margin-top: 4px;
  }
`;

/** All runs of one or more experiments as a table. */
class RunsPageElement extends Page<RunsHost, RunsPanelState, RunsContent> {
  static override readonly properties = {
    ...Page.properties,
    data: { state: true },
    selected: { state: true },
    words: { state: true },
  };
  static override readonly styles = [baseStyles, pageStyles, pageLook];
  declare private data: ReadonlyMap<string, FrameColumn>;
  declare private selected: ReadonlySet<number>;
  declare private words: string;
  private columns: readonly Column[] = [];
  private rows: Uint32Array = new Uint32Array();
  private anchor = 0;
  private readonly asked = new Set<string>();

  constructor() {
    super();
    this.data = new Map();
    this.selected = new Set();
    this.words = '';
  }

  protected override async read(signal: AbortSignal): Promise<RunsContent> {
    const filter = this.host.state.filter ?? '';
    const content = await this.host.channel.request('content', { filter }, signal);
    const data = await this.readAgain(content, signal);
    if (!signal.aborted) this.take(content, data);
    return content;
  }

  /** What was seen before is there when the new content is drawn, so that no cell goes empty meanwhile. */
  private async readAgain(content: RunsContent, signal: AbortSignal): Promise<ReadonlyMap<string, FrameColumn>> {
    const seen = columnsOf(content).filter(({ id }) => this.data.has(id));
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
    this.columns = columnsOf(content);
    this.data = data;
    this.asked.clear();
    for (const id of data.keys()) this.asked.add(id);
    this.save({ sources: content.sources, filter: content.filter });
  }

  override willUpdate(): void {
    if (this.content) this.rows = this.arranged(this.content);
  }

  protected override renderContent(content: RunsContent): TemplateResult {
    return html`
      <header>
        <div class="heading">
          <h1>${Object.values(content.experimentNames).join(', ')}</h1>
          <p class="dimmed">${this.countWords(content)}</p>
        </div>
        <div class="tools">${this.iconButton('refresh', l10n.t('Refresh'), () => this.act('refresh'))}</div>
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
      ${this.rows.length === 0 ? emptyWords(this.emptyWords(content)) : this.renderGrid(content)}
      <footer>${this.renderFooter(content)}</footer>
    `;
  }

  private renderGrid(content: RunsContent): TemplateResult {
    return html`<rs-run-grid
      .content=${content}
      .columns=${this.columns}
      .rows=${this.rows}
      .data=${this.data}
      .sorting=${this.sorting}
      .selected=${this.selected}
      @grid=${(event: CustomEvent<GridEvent>) => this.onGrid(event.detail)}
    ></rs-run-grid>`;
  }

  private renderFooter({ more }: RunsContent): TemplateResult {
    const count = this.selected.size;
    const refs = (): Ref[] => [...this.selected].map((row) => this.refOf(row));
    return html`
      <span class="dimmed" role="status">${count === 0 ? nothing : l10n.t('{0} selected', count)}</span>
      ${
        count < 2
          ? nothing
          : html`<button class="link" @click=${() => this.act('compare', refs())}>${l10n.t('Compare')}</button>`
      }
      ${more ? html`<button class="link" @click=${() => void this.loadMore()}>${l10n.t('Load 1,000 more')}</button>` : nothing}
    `;
  }

  private countWords({ attributes, notes, more }: RunsContent): string {
    const { length } = attributes;
    const shown = this.rows.length;
    const count =
      shown < length
        ? l10n.t('{0} of {1} runs', shown, length)
        : more
          ? l10n.t('{0} runs loaded, the server has more', length)
          : l10n.t('{0} runs', length);
    return [count, ...notes].join(' · ');
  }

  private emptyWords({ attributes, filter }: RunsContent): string {
    if (attributes.length > 0) return l10n.t("No run's name holds '{0}'", this.words.trim());
    return filter === '' ? l10n.t('No runs') : l10n.t('No runs match {0}', filter);
  }

  private get sorting(): readonly Sorting[] {
    return this.host.state.sorting ?? [];
  }

  private arranged(content: RunsContent): Uint32Array {
    const { attributes } = content;
    const names = this.words === '' ? [] : Array.from(attributes.runIds, (_, row) => nameOf(attributes, row));
    const found = searchRows(allRows(attributes.length), names, this.words);
    const keys = this.sorting.flatMap(({ column: id, ascending }) => {
      const column = this.columns.find((each) => each.id === id);
      if (!column || (column.name && !this.data.has(id))) return [];
      return [{ by: sortValues(column, this.data.get(id), content), ascending }];
    });
    return keys.length === 0 ? found : orderRows(found, keys);
  }

  private onGrid(event: GridEvent): void {
    if (event.kind === 'need') for (const column of event.columns) void this.readColumn(column);
    else if (event.kind === 'sort') this.sort(event.column, event.added);
    else if (event.kind === 'open') this.act('openRun', [this.refOf(this.rows[event.position] ?? 0)]);
    else {
      this.selected = selectRows(this.selected, this.rows, this.anchor, event);
      if (event.how !== 'range') this.anchor = event.position;
    }
  }

  /** Best or newest first, then the other way round, then as the store gives them. */
  private sort(column: string, added: boolean): void {
    const before = this.sorting.find((each) => each.column === column);
    const others = added ? this.sorting.filter((each) => each.column !== column) : [];
    const next = !before ? [{ column, ascending: false }] : before.ascending ? [] : [{ column, ascending: true }];
    this.change({ sorting: [...others, ...next] });
    const found = this.columns.find(({ id }) => id === column);
    if (found?.name) void this.readColumn(found);
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

  private refOf(row: number): Ref {
    const { content } = this;
    if (!content) throw new Error('No row before there is content');
    return { kind: 'run', registry: sourceOf(content, row), id: content.attributes.runIds[row] ?? '' };
  }
}

customElements.define('rs-runs', RunsPageElement);
