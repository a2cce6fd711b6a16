import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { LoggedModel, ModelVersion } from '../../domain/model';
import { modelAt, type RunModel } from '../../domain/modelHistory';
import { signatureTable } from '../details/signatureTable';
import { iconButton } from '../shared/buttons';
import { icon } from '../shared/icons';
import { loggedModelParts } from './loggedModelParts';

interface ModelActions {
  readonly copy: (text: string) => void;
  readonly openVersion: (version: ModelVersion) => void;
  /** Previews what the artifacts say of the model in a folder. */
  readonly show: (path: string) => void;
}

/** Models that a run logged, each with the versions registered from it, then versions that came from the run itself. */
export function modelRows(
  loggedModels: readonly LoggedModel[],
  runModels: readonly RunModel[],
  versions: readonly ModelVersion[],
  actions: ModelActions,
): TemplateResult {
  const known = new Set(loggedModels.map(({ modelId }) => modelId));
  const others = versions.filter(({ modelId }) => !modelId || !known.has(modelId));
  const rest = others.filter(({ source }) => !modelAt(source, runModels));
  const version = (each: ModelVersion): TemplateResult => versionWords(each, actions);
  return html`<ul class="rows">
    ${loggedModels.map((model) => loggedRow(model, versions.filter(({ modelId }) => modelId === model.modelId).map(version), actions))}
    ${runModels.map((model) => runRow(model, others.filter(({ source }) => modelAt(source, runModels) === model).map(version), actions))}
    ${rest.map((each) => html`<li>${version(each)}</li>`)}
  </ul>`;
}

function loggedRow(model: LoggedModel, versions: readonly TemplateResult[], { copy }: ModelActions): TemplateResult {
  return html`<li>
    ${icon('symbol-structure')} <bdi>${model.name || model.modelId}</bdi>
    <span class="mono dimmed">${model.modelId}</span>
    ${model.status === 'READY' ? nothing : html`<span>${icon('warning', 'warned')} ${model.status}</span>`}
    ${iconButton('copy', l10n.t('Copy model ID'), () => copy(model.modelId))} ${versions} ${loggedModelParts(model)}
  </li>`;
}

/** Known by a tag of the run only. */
function runRow({ path, file }: RunModel, versions: readonly TemplateResult[], { show }: ModelActions): TemplateResult {
  const flavors = file.flavors.map(({ name, version }) => [name, version].filter(Boolean).join(' ')).join(', ');
  return html`<li>
    ${icon('symbol-structure')}
    <button class="link" title=${l10n.t('Show its MLmodel among the artifacts')} @click=${() => show(path)}>
      <bdi>${path}</bdi>
    </button>
    <span class="dimmed">${flavors}</span> ${versions}
    ${
      file.signature
        ? html`<details>
            <summary class="dimmed">${l10n.t('Signature')}</summary>
            ${signatureTable(file.signature)}
          </details>`
        : nothing
    }
  </li>`;
}

function versionWords(version: ModelVersion, { openVersion }: ModelActions): TemplateResult {
  return html`${icon('package')}
    <button class="link" @click=${() => openVersion(version)}>${version.name} v${version.version}</button>
    ${version.aliases.map((alias) => html`<span class="badge">@${alias}</span>`)}`;
}
