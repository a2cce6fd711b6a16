import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Signature, SignatureField } from '../../domain/signature';
import { emptyWords } from '../shared/states';

/** Inputs, outputs and params of a model: name, type, whether it must be given. */
export function signatureTable(signature: Signature | undefined): TemplateResult {
  const { inputs = [], outputs = [], params = [] } = signature ?? {};
  if (inputs.length + outputs.length + params.length === 0) {
    return emptyWords(l10n.t('The model was logged without a signature.'));
  }
  return html`<div class="scroll signature" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Name')}</th>
          <th scope="col">${l10n.t('Type')}</th>
          <th scope="col">${l10n.t('Required')}</th>
        </tr>
      </thead>
      ${part(l10n.t('Inputs'), inputs)} ${part(l10n.t('Outputs'), outputs)} ${part(l10n.t('Params'), params)}
    </table>
  </div>`;
}

function part(title: string, fields: readonly SignatureField[]): TemplateResult | typeof nothing {
  if (fields.length === 0) return nothing;
  return html`<tbody>
    <tr>
      <th scope="rowgroup" colspan="3" class="dimmed">${title} (${fields.length})</th>
    </tr>
    ${fields.map(
      ({ name, type, required }) =>
        html`<tr>
          <td><bdi>${name}</bdi></td>
          <td class="mono">${type}</td>
          <td>${required ? l10n.t('yes') : l10n.t('no')}</td>
        </tr>`,
    )}
  </tbody>`;
}
