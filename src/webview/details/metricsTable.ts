import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { exactNumber, formatDateTime, formatNumber, formatTime } from '../../domain/format';
import type { Metric } from '../../domain/metric';

/** Latest value of each metric. */
export function metricsTable(metrics: readonly Metric[]): TemplateResult {
  const now = Date.now();
  return html`<div class="scroll metrics">
    <table>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Metric')}</th>
          <th scope="col" class="number">${l10n.t('Latest')}</th>
          <th scope="col" class="number">${l10n.t('Step')}</th>
          <th scope="col" class="number secondary">${l10n.t('Logged')}</th>
        </tr>
      </thead>
      <tbody>
        ${[...metrics].sort((a, b) => (a.key < b.key ? -1 : 1)).map((metric) => metricRow(metric, now))}
      </tbody>
    </table>
  </div>`;
}

function metricRow({ key, value, step, timestamp }: Metric, now: number): TemplateResult {
  return html`<tr>
    <td>${key}</td>
    <td class="number" title=${exactNumber(value)}>${formatNumber(value)}</td>
    <td class="number">${formatNumber(step)}</td>
    <td class="number dimmed secondary" title=${formatDateTime(timestamp)}>${formatTime(timestamp, now)}</td>
  </tr>`;
}
