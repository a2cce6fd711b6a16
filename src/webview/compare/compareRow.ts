import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type CompareRow, type CompareValue, type Delta, metricMarks } from '../../domain/compare';
import type { Contract } from '../../domain/contract';
import { absent, exactNumber, formatDelta, formatNumber, formatPercent } from '../../domain/format';

/** One key over all items; with two items the change has a column of its own, with more it stands in the cells. */
export function compareRow(row: CompareRow, withDelta: boolean, contract: Contract | undefined): TemplateResult {
  return row.group === 'metrics' ? metricRow(row, withDelta, contract) : textRow(row);
}

function textRow({ key, values }: CompareRow): TemplateResult {
  return html`<tr>
    <th scope="row" class="key">${key}</th>
    ${values.map((value) => html`<td class="text ${value === null ? 'dimmed' : ''}">${value ?? absent}</td>`)}
  </tr>`;
}

function metricRow(row: CompareRow, withDelta: boolean, contract: Contract | undefined): TemplateResult {
  const { best, deltas } = metricMarks(row, contract);
  return html`<tr>
    <th scope="row" class="key">${row.key}</th>
    ${row.values.map((value, index) => metricCell(value, index === best, withDelta ? undefined : deltas[index]))}
    ${withDelta ? html`<td class="number delta">${deltaWords(deltas[1])}</td>` : nothing}
  </tr>`;
}

function metricCell(value: CompareValue, isBest: boolean, delta: Delta | undefined): TemplateResult {
  if (typeof value !== 'number') return html`<td class="number dimmed">${absent}</td>`;
  return html`<td class="number" title=${exactNumber(value)}>
    ${delta ? html`<span class="delta small">${deltaWords(delta)}</span>` : nothing}
    ${
      isBest
        ? html`<b>${formatNumber(value)}<span class="visually-hidden"> ${l10n.t('(best)')}</span></b>`
        : formatNumber(value)
    }
  </td>`;
}

/** "▲ +0.0009 (0.1 %)": the arrow says better or worse, not up or down. */
function deltaWords(delta: Delta | undefined): TemplateResult | typeof nothing {
  if (!delta) return nothing;
  const percent = formatPercent(delta.delta, delta.base);
  const { verdict } = delta;
  const mark = verdict === undefined ? nothing : verdict === 'better' ? better() : worse();
  return html`${mark} ${formatDelta(delta.delta)}${percent ? html` <span class="dimmed">(${percent})</span>` : nothing}`;
}

function better(): TemplateResult {
  return html`<span class="pass" aria-hidden="true">▲</span><span class="visually-hidden">${l10n.t('better')}</span>`;
}

function worse(): TemplateResult {
  return html`<span class="failed" aria-hidden="true">▼</span><span class="visually-hidden">${l10n.t('worse')}</span>`;
}
