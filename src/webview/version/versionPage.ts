import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ModelVersion } from '../../domain/model';
import type { VersionPage } from '../../domain/versionPage';
import type { VersionPanelContent } from '../../panels/version/version.messages';
import { DetailsPage, partTags } from '../details/detailsPage';
import { type Fact, textFact } from '../details/facts';
import { commitWord, runFacts, timeWord } from '../details/runWords';
import { icon } from '../shared/icons';

/** The page of a version of a registered model. */
class VersionPageElement extends DetailsPage<VersionPage> {
  protected override renderContent({ page, capabilities, canReveal, hasSource }: VersionPanelContent): TemplateResult {
    const { version, run, missing } = page;
    const { own, system } = partTags(version.tags);
    const openSource = (): void => void this.host.channel.request('openSource', {});
    return html`
      ${this.renderHeader(page, capabilities)} ${missing.map((sentence) => this.notice(sentence))}
      ${this.facts(this.versionFacts(page))} ${this.renderDescription(version)}
      ${run ? nothing : this.renderNoRun(version)} ${run ? this.renderMetrics(run.metrics) : nothing}
      <div class="pairs">
        ${run ? this.renderParams(run.params) : nothing}
        ${this.renderTags(own, l10n.t('This version has no tags of its own.'), capabilities.write)}
      </div>
      ${
        run
          ? this.section('run', l10n.t('Source run'), this.facts(runFacts(run, hasSource ? openSource : undefined)))
          : nothing
      }
      ${this.renderArtifacts(page.artifactFolders, canReveal)} ${this.renderSystemTags(system)}
    `;
  }

  private renderHeader({ ref, version, run }: VersionPage, capabilities: VersionPanelContent['capabilities']) {
    const { write, aliases, stages, webUi } = capabilities;
    const words = [
      this.renderStatus(version),
      html`<bdi>${version.name}</bdi>`,
      timeWord(version.creationTime),
      ...(version.userId ? [version.userId] : []),
      run ? commitWord(run) : nothing,
    ].filter((word) => word !== nothing);
    return html`<header>
      <div class="heading">
        <h1>
          <bdi>${version.name}</bdi> <span class="version">v${version.version}</span>
          ${version.aliases.map((alias) => html`<span class="badge">@${alias}</span>`)}
        </h1>
        <p class="dimmed words">${words.map((word, i) => html`${i > 0 ? ' · ' : ''}${word}`)}</p>
      </div>
      <div class="tools">
        <vscode-button @click=${() => this.act('deployLocally', [ref])}>${l10n.t('Deploy Locally')}</vscode-button>
        ${write && aliases ? this.iconButton('tag', l10n.t('Set alias'), () => this.act('setAlias', [ref])) : nothing}
        ${write && stages ? this.iconButton('layers', l10n.t('Set stage'), () => this.act('setStage', [ref])) : nothing}
        ${this.iconButton('git-compare', l10n.t('Compare'), () => this.act('compare', [ref]))}
        ${this.iconButton('copy', l10n.t('Copy Python snippet'), () => this.act('copySnippet', [ref]))}
        ${this.iconButton('cloud-download', l10n.t('Download all artifacts'), () => this.act('download', [ref]))}
        ${
          webUi
            ? this.iconButton('link-external', l10n.t('Open in MLflow UI'), () => this.act('openInWebUi', [ref]))
            : nothing
        }
        ${this.iconButton('refresh', l10n.t('Refresh'), () => this.act('refresh', [ref]))}
      </div>
    </header>`;
  }

  private renderStatus({ status, statusMessage }: ModelVersion): TemplateResult {
    if (status === 'READY') return html`<span class="status">${icon('pass', 'pass')} ${l10n.t('ready')}</span>`;
    return html`<span class="status"
      >${icon('warning', 'warned')} ${[status, statusMessage].filter(Boolean).join(': ')}</span
    >`;
  }

  private versionFacts({ ref, version, run, experiment }: VersionPage): Fact[] {
    const open = (): void => {
      if (run) this.act('openRun', [{ kind: 'run', registry: ref.registry, id: run.runId }]);
    };
    const uri = `models:/${version.name}/${version.version}`;
    const runLink = html`<button class="link" @click=${open}>${run ? run.runName || run.runId : ''}</button>`;
    return [
      { label: l10n.t('URI'), value: uri, mono: true, copy: uri },
      ...(run ? [{ label: l10n.t('Source run'), value: runLink }] : []),
      ...textFact(l10n.t('Experiment'), experiment?.name),
      ...textFact(l10n.t('Stage'), version.stage && version.stage !== 'None' ? version.stage : undefined),
      ...(version.modelId
        ? [{ label: l10n.t('Model ID'), value: version.modelId, mono: true, copy: version.modelId }]
        : []),
      { label: l10n.t('Source'), value: version.source, mono: true, wide: true, copy: version.source },
    ];
  }

  private renderDescription({ description }: ModelVersion): TemplateResult | typeof nothing {
    return description ? html`<p class="note text">${description}</p>` : nothing;
  }

  private renderNoRun({ runId }: ModelVersion): TemplateResult {
    return this.notice(
      runId
        ? l10n.t('Run {0}, which this version came from, is not in the tracking store any more.', runId)
        : l10n.t('This version was registered from no run: it has no metrics and no params.'),
    );
  }
}

customElements.define('rs-version', VersionPageElement);
