import * as l10n from '@vscode/l10n';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { TextTable } from '../../domain/delimited';
import { formatNumber } from '../../domain/format';

/** The head of a table that was written as text; columns of numbers stand to the right. */
export function textTable({ columns, rows, moreRows, moreColumns }: TextTable): TemplateResult {
  const isNumber = columns.map((_, i) => rows.length > 0 && rows.every((row) => isNumeric(row[i])));
  const kind = (i: number): string => (isNumber[i] ? 'number' : 'cell');
  return html`
    <table class="text-table">
      <thead>
        <tr>
          ${columns.map((column, i) => html`<th scope="col" class=${kind(i)}><bdi>${column}</bdi></th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, i) => html`<td class=${kind(i)}><bdi>${cell}</bdi></td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${moreRows || moreColumns > 0 ? html`<p class="dimmed">${leftOut(rows.length, moreRows, moreColumns)}</p>` : nothing}
  `;
}

function leftOut(rows: number, moreRows: boolean, moreColumns: number): string {
  const parts = [
    ...(moreRows ? [l10n.t('The first {0} rows are shown.', formatNumber(rows))] : []),
    ...(moreColumns > 0 ? [l10n.t('{0} columns to the right are left out.', formatNumber(moreColumns))] : []),
  ];
  return parts.join(' ');
}

/** As scripts write numbers; an empty cell does not make a column text. */
function isNumeric(cell = ''): boolean {
  return cell === '' || /^[+-]?(\d|\.\d|nan$|inf)/i.test(cell);
}

export const textTableStyles = css`
  .text-table th,
  .text-table td {
    max-width: 320px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .text-table td.cell {
    white-space: pre;
  }
`;
