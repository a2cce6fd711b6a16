import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { valueOf } from '../../domain/experiment';
import { type Ref, versionRef } from '../../domain/ref';
import { noteTag, type RunInfo } from '../../domain/run';
import type { RunPage } from '../../domain/runPage';
import type { RunPanelContent } from '../../panels/run/run.messages';
import type { ArtifactPlace } from '../../panels/details.messages';
import { DetailsPage, partTags } from '../details/detailsPage';
import { commitWord, runFacts, statusWord, timeWord, userOf } from '../details/runWords';
import { iconButton } from '../shared/buttons';
import { modelRows } from './modelRows';
import { childrenTable, datasetRows } from './runParts';

/** The page of a run. */
class RunPageElement extends DetailsPage<RunPage> {
  protected override renderContent({ page, capabilities, canReveal, hasSource }: RunPanelContent): TemplateResult {
    const { run, missing, parent } = page;
    const { own, system } = partTags(run.tags);
    const editable = capabilities.write && run.lifecycleStage === 'active';
    const openSource = (): void => void this.host.channel.request('openSource', {});
    return html`
      ${this.renderHeader(page, capabilities)} ${missing.map((sentence) => this.notice(sentence))}
      ${run.lifecycleStage === 'deleted' ? this.renderDeleted(page.ref, capabilities.write) : nothing}
      ${this.facts([
        ...runFacts(run, hasSource ? openSource : undefined),
        ...(parent ? [{ label: l10n.t('Parent run'), value: this.runLink(parent) }] : []),
      ])}
      ${this.renderNote(valueOf(run.tags, noteTag) ?? '', editable)}
      ${this.renderMetrics(run.metrics, this.adder(page.ref, editable, l10n.t('Log a metric'), 'logMetric'))}
      <div class="pairs">
        ${this.renderParams(run.params, this.adder(page.ref, editable, l10n.t('Log a param'), 'logParam'))}
        ${this.renderTags(own, l10n.t('This run has no tags of its own.'), editable)}
      </div>
      ${this.renderChildren(page)} ${this.renderDatasets(page)} ${this.renderModels(page)}
      ${this.renderArtifacts(page.artifactFolders, canReveal)} ${this.renderSystemTags(system)}
    `;
  }

  private renderHeader({ ref, run, experiment }: RunPage, { write, webUi }: RunPanelContent['capabilities']) {
    const reveal = iconButton('list-tree', l10n.t('Reveal in the side bar'), () => this.act('revealRun', [ref]));
    const experimentRef: Ref = { kind: 'experiment', registry: ref.registry, id: run.experimentId };
    const words = [
      statusWord(run),
      html`<button
        class="link"
        title=${l10n.t('Open all runs of {0}', experiment?.name ?? run.experimentId)}
        @click=${() => this.act('openRuns', [experimentRef])}
      >
        ${experiment?.name ?? run.experimentId}
      </button>`,
      timeWord(run.startTime),
      userOf(run) ?? nothing,
      commitWord(run),
    ].filter((word) => word !== nothing);
    return html`<header>
      <div class="heading">
        <h1><bdi>${run.runName || run.runId}</bdi></h1>
        <p class="dimmed words">${words.map((word, i) => html`${i > 0 ? ' · ' : ''}${word}`)}</p>
      </div>
      <div class="tools">
        ${
          write && run.lifecycleStage === 'active'
            ? html`<vscode-button @click=${() => this.act('registerVersion', [ref])}
                  >${l10n.t('Register…')}</vscode-button
                >${iconButton('edit', l10n.t('Rename'), () => this.act('rename', [ref]))}`
            : nothing
        }
        ${this.commonTools(ref, webUi, reveal)}
      </div>
    </header>`;
  }

  private adder(ref: Ref, editable: boolean, label: string, action: 'logMetric' | 'logParam'): TemplateResult {
    return editable ? iconButton('add', label, () => this.act(action, [ref])) : html``;
  }

  private renderDeleted(ref: Ref, write: boolean): TemplateResult {
    const restore = html`<button class="link" @click=${() => this.act('restoreRun', [ref])}>
      ${l10n.t('Restore…')}
    </button>`;
    return this.notice(l10n.t('This run is marked as deleted.'), write ? restore : '');
  }

  private renderChildren({ ref, run, children, moreChildren }: RunPage): TemplateResult | typeof nothing {
    if (children.length === 0) return nothing;
    const open = (child: RunInfo): void => this.act('openRun', [{ ...ref, id: child.runId }]);
    const all: Ref = { kind: 'experiment', registry: ref.registry, id: run.experimentId };
    return this.section(
      'children',
      l10n.t('Nested runs'),
      html`${childrenTable(children, open)}${
        moreChildren
          ? html`<p>
              <button class="link" @click=${() => this.act('openRuns', [all])}>
                ${l10n.t('These are the newest {0}: open all runs of the experiment', children.length)}
              </button>
            </p>`
          : nothing
      }`,
      { count: moreChildren ? `${children.length}+` : children.length },
    );
  }

  private renderDatasets({ run }: RunPage): TemplateResult | typeof nothing {
    const { datasetInputs: inputs } = run;
    if (inputs.length === 0) return nothing;
    return this.section('datasets', l10n.t('Datasets'), datasetRows(inputs), { count: inputs.length });
  }

  /** Logged models each with the versions registered from it, then versions that came from the run itself. */
  private renderModels({ ref, loggedModels, runModels, madeVersions }: RunPage): TemplateResult | typeof nothing {
    if (loggedModels.length + runModels.length + madeVersions.length === 0) return nothing;
    const body = modelRows(loggedModels, runModels, madeVersions, {
      copy: (text) => this.copy(text),
      openVersion: ({ name, version }) => this.act('openVersion', [versionRef(ref.registry, name, version)]),
      show: (path) => void this.showArtifact({ root: { kind: 'run', runId: ref.id }, path: `${path}/MLmodel` }),
    });
    return this.section('models', l10n.t('Models'), body);
  }

  private async showArtifact(artifact: ArtifactPlace): Promise<void> {
    this.change({ artifact, folded: { ...this.host.state.folded, artifacts: false } });
    await this.updateComplete;
    this.renderRoot.querySelector('rs-artifact-browser')?.scrollIntoView();
  }

  private runLink({ runId, runName }: RunInfo): TemplateResult {
    const { registry } = this.content?.page.ref ?? { registry: '' };
    const open = (): void => this.act('openRun', [{ kind: 'run', registry, id: runId }]);
    return html`<button class="link" @click=${open}>${runName || runId}</button>`;
  }
}

customElements.define('rs-run', RunPageElement);
