import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { absent, exactNumber, formatDateTime } from '../../domain/format';
import type { Cell, PlotTable } from './plotTable';

/** Rows of "show as table" at first, and more at each request: all at once would freeze the page. */
export const firstRows = 500;

/** @param shows another number of rows */
export function renderTable(
  { head, rows }: PlotTable,
  title: string,
  shown: number,
  shows: (rows: number) => void,
): TemplateResult {
  return html`<table aria-label=${title}>
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, shown).map(
          (row) =>
            html`<tr>
              ${row.map(renderCell)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      rows.length > shown
        ? html`<p class="dimmed">
            ${l10n.t('The first {0} of {1} rows; export CSV for all.', shown, rows.length)}
            <button class="link" @click=${() => shows(shown + firstRows)}>${l10n.t('Show more')}</button>
          </p>`
        : nothing
    }`;
}

function renderCell(cell: Cell): TemplateResult {
  if (cell === undefined) return html`<td class="dimmed number">${absent}</td>`;
  if (typeof cell === 'number') return html`<td class="number">${exactNumber(cell)}</td>`;
  if (typeof cell === 'string') return html`<td><bdi>${cell}</bdi></td>`;
  return html`<td class="dimmed">${formatDateTime(cell.getTime())}</td>`;
}

/** RFC 4180; a text that a spreadsheet would run as a formula is kept from it. */
export function csvOf({ head, rows }: PlotTable): string {
  const cell = (value: Cell): string => {
    const text = typeof value === 'string' ? value.replace(/^[=+\-@\t\r]/, "'$&") : plainOf(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Times as ISO 8601, which spreadsheets read; empty where nothing is. */
function plainOf(value: number | Date | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  return Number.isNaN(value.getTime()) ? '' : value.toISOString();
}
