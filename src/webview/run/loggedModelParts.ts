import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { exactNumber, formatNumber } from '../../domain/format';
import { latestMetricsOf, type LoggedModel, type LoggedModelMetric } from '../../domain/model';
import { partsTable } from '../details/partsTable';

/** Metrics, params and tags of a logged model, folded; nothing where it has none. */
export function loggedModelParts(model: LoggedModel): TemplateResult | typeof nothing {
  const parts = [
    { title: l10n.t('Metrics'), rows: latestMetricsOf(model).map(metricRow) },
    { title: l10n.t('Params'), rows: model.params.map(pairRow) },
    { title: l10n.t('Tags'), rows: model.tags.map(pairRow) },
  ];
  if (parts.every(({ rows }) => rows.length === 0)) return nothing;
  return html`<details>
    <summary class="dimmed">${l10n.t('Metrics, params and tags')}</summary>
    ${partsTable([l10n.t('Name'), l10n.t('Value')], parts)}
  </details>`;
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
