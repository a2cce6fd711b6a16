import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { exactNumber } from '../../domain/format';
import type { PlotTable } from './plot';

/** Rows of "show as table"; a table of everything would freeze the page. */
const mostRows = 500;

export function renderTable({ head, rows }: PlotTable, title: string): TemplateResult {
  return html`<table aria-label=${title}>
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, mostRows).map(
          (row) =>
            html`<tr>
              ${row.map((cell) =>
                typeof cell === 'number'
                  ? html`<td class="number">${exactNumber(cell)}</td>`
                  : html`<td><bdi>${cell}</bdi></td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      rows.length > mostRows
        ? html`<p class="dimmed">${l10n.t('The first {0} of {1} rows; export CSV for all.', mostRows, rows.length)}</p>`
        : nothing
    }`;
}

/** RFC 4180; a text that a spreadsheet would run as a formula is kept from it. */
export function csvOf({ head, rows }: PlotTable): string {
  const cell = (value: string | number): string => {
    const text = typeof value === 'number' ? String(value) : value.replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
