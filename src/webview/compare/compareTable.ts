import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CompareRow } from '../../domain/compare';
import { holdsText } from '../../domain/compare';
import { metricRow, textRow, type MetricContext } from './compareRow';

/** Rows drawn at first: a run may have 5,000 metrics. */
const firstRows = 300;

interface TableOptions extends MetricContext {
  /** One heading per item. */
  readonly heads: readonly TemplateResult[];
  readonly showsSame: boolean;
  readonly flipSame: () => void;
  readonly showsAll: boolean;
  readonly showAll: () => void;
  /** Only rows with this in their key or values; empty for all. */
  readonly filter: string;
}

/** The rows of one group that are asked for, and ways to the others. */
export function compareTable(rows: readonly CompareRow[], options: TableOptions): TemplateResult {
  const found = rows.filter((row) => holdsText(row, options.filter));
  const wanted = found.filter(({ differs }) => differs || options.showsSame);
  const shown = options.showsAll ? wanted : wanted.slice(0, firstRows);
  const same = found.filter(({ differs }) => !differs).length;
  return html`
    ${shown.length > 0 ? table(shown, options) : nothing}
    ${found.length === 0 ? html`<p class="dimmed">${l10n.t("Nothing here holds '{0}'.", options.filter)}</p>` : nothing}
    ${
      shown.length < wanted.length
        ? html`<button class="link same" @click=${options.showAll}>${l10n.t('Show all {0}', wanted.length)}</button>`
        : nothing
    }
    ${
      same > 0
        ? html`<button class="link same" aria-expanded=${options.showsSame} @click=${options.flipSame}>
            ${
              options.showsSame
                ? l10n.t('Hide {0} that are the same', same)
                : l10n.t('Show {0} that are the same', same)
            }
          </button>`
        : nothing
    }
  `;
}

function table(rows: readonly CompareRow[], options: TableOptions): TemplateResult {
  const numbers = rows[0]?.group === 'metrics';
  const { heads } = options;
  const changeColumns = heads.length === 2 ? 4 : 2;
  return html`<div class="scroll">
    <table class=${numbers ? 'numbers' : 'texts'}>
      <thead>
        <tr>
          <td class="key"><span class="visually-hidden">${l10n.t('Name')}</span></td>
          ${heads.map(
            (head, index) =>
              html`<th scope="col"><span class="head">${head}</span></th>
                ${
                  numbers && index > 0
                    ? html`<th scope="colgroup" colspan=${changeColumns} class="change">
                        ${heads.length === 2 ? l10n.t('Change') : html`<span class="visually-hidden">${l10n.t('Change')}</span>`}
                      </th>`
                    : nothing
                }`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => (numbers ? metricRow(row, options) : textRow(row)))}
      </tbody>
    </table>
  </div>`;
}
