import * as l10n from '@vscode/l10n';
import { css, html, type TemplateResult } from 'lit';
import { formatBytes } from '../../domain/format';
import type { ModelFile } from '../../domain/modelFile';
import type { Fact } from './facts';
import { timeWord } from './runWords';
import { signatureTable } from './signatureTable';

/** What an `MLmodel` says, as a person asks for it. */
export function modelSummary(model: ModelFile): TemplateResult {
  return html`
    <dl class="model">
      ${modelFacts(model).map(
        ([label, value]) =>
          html`<dt class="dimmed">${label}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${signatureTable(model.signature)}
  `;
}

export function modelFacts({ flavors, pythonVersion, mlflowVersion, created, size, example, modelId }: ModelFile) {
  const facts: readonly (readonly [string, Fact['value'] | undefined])[] = [
    [l10n.t('Flavors'), flavors.map(({ name, version }) => [name, version].filter(Boolean).join(' ')).join(', ')],
    [l10n.t('Python'), pythonVersion],
    [l10n.t('MLflow'), mlflowVersion],
    [l10n.t('Created'), created && createdWord(created)],
    [l10n.t('Size'), size === undefined ? undefined : formatBytes(size)],
    [l10n.t('Model ID'), modelId],
    [l10n.t('Input example'), example && `${example.path} (${example.type})`],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

/** As other times are said; what is none stays as it was written. */
function createdWord(created: string): Fact['value'] {
  const time = Date.parse(`${created.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? created : html`${timeWord(time)}`;
}

export const modelStyles = css`
  .model {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 12px;
    margin-bottom: 8px;
  }
  .model dd {
    overflow-wrap: anywhere;
  }
`;
