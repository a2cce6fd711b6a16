import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Signature, SignatureField } from '../../domain/signature';
import { emptyWords } from '../shared/states';
import { partsTable } from './partsTable';

/** Inputs, outputs and params of a model: name, type, whether it must be given. */
export function signatureTable(signature: Signature | undefined): TemplateResult {
  const { inputs = [], outputs = [], params = [] } = signature ?? {};
  if (inputs.length + outputs.length + params.length === 0) {
    return emptyWords(l10n.t('The model was logged without a signature.'));
  }
  return partsTable(
    [l10n.t('Name'), l10n.t('Type'), l10n.t('Required')],
    [
      { title: l10n.t('Inputs'), rows: inputs.map(fieldRow) },
      { title: l10n.t('Outputs'), rows: outputs.map(fieldRow) },
      { title: l10n.t('Params'), rows: params.map(fieldRow) },
    ],
  );
}

function fieldRow({ name, type, required }: SignatureField): TemplateResult {
  return html`<tr>
    <td><bdi>${name}</bdi></td>
    <td class="mono">${type}</td>
    <td>${required ? l10n.t('yes') : l10n.t('no')}</td>
  </tr>`;
}
