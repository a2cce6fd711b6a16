import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { type ChartColumn, chartCellAt, chartWordsAt } from '../../domain/chartColumn';
import { exactNumber, formatNumber } from '../../domain/format';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';
import { seriesClass } from '../shared/theme';
import { pngOf, svgOf } from './picture';
import type { Cell, PlotTable } from './plotTable';
import type { ChartRun } from './source';
import { tablePicture } from './tablePicture';

/** Runs in columns at first, and more at each request. */
const firstRuns = 50;

/** Params and metrics in which the runs in colour differ; one column for each run. */
export class DifferenceTable extends LitElement {
  static override readonly properties = {
    columns: { attribute: false },
    runs: { attribute: false },
    most: { state: true },
  };
  static override readonly styles = [baseStyles];
  declare columns: readonly ChartColumn[];
  declare runs: readonly ChartRun[];
  /** Runs that are shown. */
  declare private most: number;

  constructor() {
    super();
    this.most = firstRuns;
  }

  protected override render(): TemplateResult {
    const { runs, most } = this;
    const rows = this.differing;
    if (runs.length === 0) return emptyWords(l10n.t('No run is chosen'));
    if (rows.length === 0) return emptyWords(l10n.t('These runs do not differ in any param or metric.'));
    return html`<table>
        <thead>
          <tr>
            <th scope="col">${l10n.t('What differs')}</th>
            ${runs
              .slice(0, most)
              .map(
                ({ label, series }) =>
                  html`<th scope="col" class="number" title=${label}>
                    <span class="swatch ${seriesClass(series)}"></span> <bdi>${label.slice(0, 40)}</bdi>
                  </th>`,
              )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (column) =>
              html`<tr>
                <th scope="row"><bdi>${column.title}</bdi></th>
                ${runs.slice(0, most).map(({ row }) => {
                  const text = chartWordsAt(column, row, formatNumber);
                  return html`<td class="number" title=${chartWordsAt(column, row, exactNumber)}>
                    <bdi>${text.slice(0, 60)}</bdi>
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
      ${
        runs.length > most
          ? html`<p class="dimmed">
              ${l10n.t('The first {0} of {1} runs; export CSV for all.', most, runs.length)}
              <button class="link" @click=${() => (this.most += firstRuns)}>${l10n.t('Show more')}</button>
            </p>`
          : nothing
      }`;
  }

  private get differing(): readonly ChartColumn[] {
    return this.columns.filter((column) => new Set(this.runs.map(({ row }) => chartCellAt(column, row))).size > 1);
  }

  svg(title: string): string {
    const picture = this.picture();
    return svgOf(picture.size, title, picture.paint);
  }

  png(): Promise<Uint8Array> {
    const picture = this.picture();
    return pngOf(picture.size, picture.paint);
  }

  /** What is on the screen, so of many runs the first. */
  private picture(): ReturnType<typeof tablePicture> {
    const { head, rows } = this.tableOf((column, row) => chartWordsAt(column, row, formatNumber));
    const cut = <T>(cells: readonly T[]): readonly T[] => cells.slice(0, this.most + 1);
    const colors = this.runs.slice(0, this.most).map(({ series }) => series);
    return tablePicture({ head: cut(head), rows: rows.map(cut) }, colors);
  }

  table(): PlotTable {
    return this.tableOf(chartCellAt);
  }

  private tableOf(cellAt: (column: ChartColumn, row: number) => Cell): PlotTable {
    return {
      head: [l10n.t('What differs'), ...this.runs.map(({ label }) => label)],
      rows: this.differing.map((column) => [column.title, ...this.runs.map(({ row }) => cellAt(column, row))]),
    };
  }
}

customElements.define('rs-difference-table', DifferenceTable);
