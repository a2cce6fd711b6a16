import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DatasetInput } from '../../domain/dataset';
import { formatDuration } from '../../domain/format';
import type { RunInfo } from '../../domain/run';
import { durationOf, statusWord, timeWord } from '../details/runWords';
import { icon } from '../shared/icons';

export function childrenTable(children: readonly RunInfo[], open: (child: RunInfo) => void): TemplateResult {
  return html`<div class="scroll">
    <table class="children">
      <thead>
        <tr>
          <th scope="col">${l10n.t('Run')}</th>
          <th scope="col">${l10n.t('Status')}</th>
          <th scope="col">${l10n.t('Started')}</th>
          <th scope="col" class="number secondary">${l10n.t('Duration')}</th>
        </tr>
      </thead>
      <tbody>
        ${children.map(
          (child) =>
            html`<tr>
              <td><button class="link" @click=${() => open(child)}>${child.runName || child.runId}</button></td>
              <td>${statusWord(child)}</td>
              <td class="dimmed">${timeWord(child.startTime)}</td>
              <td class="number dimmed secondary">${formatDuration(durationOf(child))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Name, digest, for what and from where; source, schema and profile below where there are any. */
export function datasetRows(inputs: readonly DatasetInput[]): TemplateResult {
  return html`<ul class="rows">
    ${inputs.map(({ dataset, tags }) => {
      const context = tags.find(({ key }) => key === 'mlflow.data.context')?.value;
      return html`<li>
        ${icon('table')} <bdi>${dataset.name}</bdi> <span class="mono dimmed">${dataset.digest}</span>
        <span class="dimmed">${[context, dataset.sourceType].filter(Boolean).join(' · ')}</span>
        ${detail(l10n.t('Source'), dataset.source)} ${detail(l10n.t('Schema'), dataset.schema)}
        ${detail(l10n.t('Profile'), dataset.profile)}
      </li>`;
    })}
  </ul>`;
}

function detail(label: string, text: string | undefined): TemplateResult | typeof nothing {
  if (!text || text === '{}') return nothing;
  return html`<details>
    <summary class="dimmed">${label}</summary>
    <pre class="mono">${readable(text)}</pre>
  </details>`;
}

/** MLflow keeps them as JSON on one line. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
