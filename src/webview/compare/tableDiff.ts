import * as l10n from '@vscode/l10n';
import { css, html, nothing, type TemplateResult } from 'lit';
import { absent } from '../../domain/format';
import { type DiffCell, type DiffRow, isChanged, type TableDiff } from '../../domain/tableDiff';

/** Two tables as one; what changed stands in its cell as "before → after". */
export function tableDiff({ columns, rows, key, moreRows }: TableDiff): TemplateResult {
  const changed = rows.filter(({ change }) => change !== 'same').length;
  const matched = key === undefined ? l10n.t('rows matched by their place') : l10n.t('rows matched by {0}', key);
  return html`
    <p class="dimmed">
      ${l10n.t('{0} of {1} rows differ; {2}.', changed, rows.length, matched)}
      ${moreRows ? l10n.t('Only the first rows were compared.') : nothing}
    </p>
    <table class="table-diff">
      <thead>
        <tr>
          <td></td>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr class=${row.change}>
              <td class="mark">${rowMark(row)}</td>
              ${row.cells.map((cell) => diffCell(cell, row))}
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}

function rowMark({ change }: DiffRow): TemplateResult | typeof nothing {
  const words = { added: l10n.t('added'), removed: l10n.t('removed'), changed: l10n.t('changed'), same: '' }[change];
  const glyph = { added: '+', removed: '−', changed: '~', same: '' }[change];
  return html`<span title=${words} aria-hidden="true">${glyph}</span><span class="visually-hidden">${words}</span>`;
}

function diffCell(cell: DiffCell, { change }: DiffRow): TemplateResult {
  const { base, other } = cell;
  if (change !== 'changed' || !isChanged(cell)) return html`<td>${other ?? base ?? ''}</td>`;
  return html`<td class="differs"><span class="dimmed">${base ?? absent} →</span> <b>${other ?? absent}</b></td>`;
}

export const tableDiffStyles = css`
  .table-diff {
    width: auto;
  }
  .table-diff .mark {
    width: 16px;
    padding: 0;
    text-align: center;
  }
  .table-diff td,
  .table-diff th {
    white-space: pre;
  }
  .table-diff .added {
    background: var(--vscode-diffEditor-insertedTextBackground);
  }
  .table-diff .removed {
    background: var(--vscode-diffEditor-removedTextBackground);
    text-decoration: line-through;
  }
  :host-context(.vscode-high-contrast) .table-diff tr,
  :host-context(.vscode-high-contrast-light) .table-diff tr {
    background: none;
  }
`;
