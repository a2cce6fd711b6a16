import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { exactNumber, formatNumber } from '../../domain/format';
import { latestMetricsOf, type LoggedModel, type LoggedModelMetric } from '../../domain/model';

/** Metrics, params and tags of a logged model, folded; nothing where it has none. */
export function loggedModelParts(model: LoggedModel): TemplateResult | typeof nothing {
  const metrics = latestMetricsOf(model);
  const parts = [
    part(l10n.t('Metrics'), metrics.map(metricRow)),
    part(l10n.t('Params'), model.params.map(pairRow)),
    part(l10n.t('Tags'), model.tags.map(pairRow)),
  ];
  if (metrics.length + model.params.length + model.tags.length === 0) return nothing;
  return html`<details>
    <summary class="dimmed">${l10n.t('Metrics, params and tags')}</summary>
    <div class="scroll signature" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${l10n.t('Name')}</th>
            <th scope="col">${l10n.t('Value')}</th>
          </tr>
        </thead>
        ${parts}
      </table>
    </div>
  </details>`;
}

function part(title: string, rows: readonly TemplateResult[]): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<tbody>
    <tr>
      <th scope="rowgroup" colspan="2" class="dimmed">${title} (${rows.length})</th>
    </tr>
    ${rows}
  </tbody>`;
}

function metricRow({ key, value, datasetName }: LoggedModelMetric): TemplateResult {
  return html`<tr>
    <td><bdi>${key}</bdi></td>
    <td>
      <span title=${exactNumber(value)}>${formatNumber(value)}</span>
      ${datasetName ? html`<span class="dimmed">${l10n.t('on {0}', datasetName)}</span>` : nothing}
    </td>
  </tr>`;
}

function pairRow({ key, value }: { readonly key: string; readonly value: string }): TemplateResult {
  return html`<tr>
    <td><bdi>${key}</bdi></td>
    <td><bdi>${value}</bdi></td>
  </tr>`;
}
