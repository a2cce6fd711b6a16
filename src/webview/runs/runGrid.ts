import * as l10n from '@vscode/l10n';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { absent, exactNumber, formatNumber, formatTime } from '../../domain/format';
import { type ColumnName, type FrameColumn, isMetricColumn } from '../../domain/frame';
import { type RunTable, runStatuses } from '../../domain/run';
import { metricAt, textAt } from '../../domain/runTable';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { baseStyles } from '../shared/styles';

export type ReadColumn = (name: ColumnName, signal?: AbortSignal) => Promise<FrameColumn>;

/** px, as a row of VS Code's trees and tables (design.md, Space). */
const rowHeight = 22;
/** Rows drawn above and below what is seen, so that a small scroll shows no gap. */
const spare = 8;

/** A table of which only the rows that are seen stand in the document. */
class RunGrid extends LitElement {
  static override readonly properties = {
    content: { attribute: false },
    readColumn: { attribute: false },
    first: { state: true },
    columns: { state: true },
  };
  declare content: RunsContent;
  declare readColumn: ReadColumn;
  declare first: number;
  declare columns: ReadonlyMap<string, FrameColumn>;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        height: calc(100vh - 120px);
        overflow: auto;
      }
      .rows {
        position: relative;
      }
      .row {
        display: flex;
        position: absolute;
        inset-inline: 0;
        height: 22px;
        line-height: 22px;
      }
      .head {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--vscode-editor-background);
        font-weight: 600;
      }
      .cell {
        flex: 0 0 120px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding-inline: 4px;
      }
      .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    this.first = 0;
    this.columns = new Map();
    this.addEventListener('scroll', () => (this.first = Math.floor(this.scrollTop / rowHeight)), { passive: true });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('content')) return;
    this.columns = new Map();
    for (const name of this.shown) void this.load(name);
  }

  override updated(): void {
    this.renderRoot.querySelectorAll<HTMLElement>('.rows > .row').forEach((row, i) => {
      row.style.top = `${(this.start + i) * rowHeight}px`;
    });
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows');
    if (rows) rows.style.height = `${this.content.attributes.length * rowHeight}px`;
  }

  protected override render(): TemplateResult {
    const { attributes } = this.content;
    const end = Math.min(attributes.length, this.start + Math.ceil(window.innerHeight / rowHeight) + 2 * spare);
    const rows = Array.from({ length: end - this.start }, (_, i) => this.start + i);
    const heads = [l10n.t('Run'), l10n.t('Status'), l10n.t('Started'), ...this.shown.map(({ key }) => key)];
    return html`<div role="grid" aria-rowcount=${attributes.length + 1} aria-colcount=${heads.length}>
      <div class="row head" role="row" aria-rowindex="1">
        ${heads.map((head) => html`<span class="cell" role="columnheader">${head}</span>`)}
      </div>
      <div class="rows" role="rowgroup">${rows.map((row) => this.renderRow(row))}</div>
    </div>`;
  }

  private get start(): number {
    return Math.max(0, this.first - spare);
  }

  private get shown(): ColumnName[] {
    return this.content.keys.metrics.slice(0, 6).map((key) => ({ group: 'metrics', key }));
  }

  private renderRow(row: number): TemplateResult {
    const { attributes } = this.content;
    const started = attributes.startTimes[row];
    return html`<div class="row" role="row" aria-rowindex=${row + 2}>
      <span class="cell" role="gridcell">${nameOf(attributes, row)}</span>
      <span class="cell" role="gridcell">${runStatuses[attributes.statuses[row] ?? 0]?.toLowerCase()}</span>
      <span class="cell" role="gridcell">${formatTime(Number.isNaN(started) ? undefined : started, Date.now())}</span>
      ${this.shown.map(({ key }) => this.renderCell(this.columns.get(key), row))}
    </div>`;
  }

  private renderCell(column: FrameColumn | undefined, row: number): TemplateResult {
    if (!column) return html`<span class="cell" role="gridcell"></span>`;
    if (!isMetricColumn(column))
      return html`<span class="cell" role="gridcell">${textAt(column, row) ?? absent}</span>`;
    const value = metricAt(column, row);
    return html`<span class="cell number" role="gridcell" title=${exactNumber(value)}>${formatNumber(value)}</span>`;
  }

  private async load(name: ColumnName): Promise<void> {
    const { content } = this;
    const column = await this.readColumn(name);
    if (content === this.content) this.columns = new Map(this.columns).set(name.key, column);
  }
}

function nameOf({ runNames, runIds }: RunTable, row: number): string {
  const name = runNames[row] ?? '';
  return name === '' ? (runIds[row] ?? '') : name;
}

customElements.define('rs-run-grid', RunGrid);
