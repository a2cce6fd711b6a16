import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { ModelText, VersionModel } from '../../domain/versionPage';
import { emptyWords } from '../shared/states';
import { indentJson } from '../../domain/jsonText';
import { textTable } from '../details/textTable';

/** The input example as a table where it is one. */
export function exampleBody({ example }: VersionModel): TemplateResult {
  if (!example)
    return emptyWords(l10n.t('The model was logged without an input example: log_model takes input_example.'));
  return html`<div class="example scroll" tabindex="0">
    ${example.table ? textTable(example.table) : html`<pre class="mono">${indentJson(example.text)}</pre>`}
  </div>`;
}

/** Python and MLflow, then the packages; the longer files unfold. */
export function environmentBody({ file, environment }: VersionModel): TemplateResult {
  const versions = [
    ...(file?.pythonVersion ? [`Python ${file.pythonVersion}`] : []),
    ...(file?.mlflowVersion ? [`MLflow ${file.mlflowVersion}`] : []),
  ];
  if (versions.length + environment.length === 0) {
    return emptyWords(l10n.t('The model was logged without its environment.'));
  }
  const [first] = environment;
  return html`<p>${versions.join(' · ')}</p>
    ${environment.map((text) => textFile(text, text === first))}`;
}

function textFile({ path, text }: ModelText, open: boolean): TemplateResult {
  return html`<details ?open=${open}>
    <summary class="dimmed">${path}</summary>
    <pre class="mono">${text}</pre>
  </details>`;
}
