import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { primaryOf } from '../../domain/contract';
import { UserError } from '../../domain/errors';
import { formatNumber } from '../../domain/format';
import type { ModelVersion } from '../../domain/model';
import { type Ref, versionRef } from '../../domain/ref';
import type { VersionMetric, VersionPage } from '../../domain/versionPage';
import type { VersionPanelContent } from '../../panels/version/version.messages';
import { DetailsPage, partTags } from '../details/detailsPage';
import { type Fact, textFact } from '../details/facts';
import { modelFacts } from '../details/modelSummary';
import { commitWord, runFacts, timeWord } from '../details/runWords';
import { signatureTable } from '../details/signatureTable';
import { iconButton } from '../shared/buttons';
import { icon } from '../shared/icons';
import { metricField } from './metricField';
import { environmentBody, exampleBody } from './modelParts';
import './versionTimeline';

/** The page of a version of a registered model. */
class VersionPageElement extends DetailsPage<VersionPage> {
  static override readonly properties = { ...DetailsPage.properties, unread: { state: true } };
  /** Why the chosen metric could not be read over the versions. */
  declare private unread: string | undefined;

  protected override renderContent(content: VersionPanelContent): TemplateResult {
    const { page, capabilities, canReveal, hasSource } = content;
    const { version, run, missing, model } = page;
    const { own, system } = partTags(version.tags);
    const openSource = (): void => void this.host.channel.request('openSource', {});
    return html`
      ${this.renderHeader(content)} ${missing.map((sentence) => this.notice(sentence))}
      ${this.facts(this.versionFacts(page))} ${this.renderNote(version.description, capabilities.write)}
      ${run ? nothing : this.renderNoRun(version)} ${this.renderTimeline(page)}
      ${run ? this.renderMetrics(run.metrics) : nothing}
      <div class="pairs">
        ${run ? this.renderParams(run.params) : nothing}
        ${this.renderTags(own, l10n.t('This version has no tags of its own.'), capabilities.write)}
      </div>
      <div class="pairs">
        ${this.section('signature', l10n.t('Signature'), signatureTable(model.file?.signature))}
        ${this.section('environment', l10n.t('Environment'), environmentBody(model))}
      </div>
      ${this.section('example', l10n.t('Input example'), exampleBody(model), { tools: this.renderTry(content) })}
      ${
        run
          ? this.section('run', l10n.t('Source run'), this.facts(runFacts(run, hasSource ? openSource : undefined)))
          : nothing
      }
      ${this.renderArtifacts(page.artifactFolders, canReveal)} ${this.renderSystemTags(system)}
    `;
  }

  private renderHeader({ page, capabilities, servedBy }: VersionPanelContent): TemplateResult {
    const { ref, version, run } = page;
    const { write, aliases, stages, webUi } = capabilities;
    const named = write && aliases;
    const words = [
      this.renderStatus(version),
      ...(servedBy ? [html`${icon('broadcast')} ${l10n.t('served')}`] : []),
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
        ${named ? iconButton('tag', l10n.t('Set alias'), () => this.act('setAlias', [ref])) : nothing}
        ${
          named && version.aliases.length > 0
            ? iconButton('trash', l10n.t('Delete alias'), () => this.act('deleteAlias', [ref]))
            : nothing
        }
        ${write && stages ? iconButton('layers', l10n.t('Set stage'), () => this.act('setStage', [ref])) : nothing}
        ${this.commonTools(ref, webUi)}
      </div>
    </header>`;
  }

  private renderStatus({ status, statusMessage }: ModelVersion): TemplateResult {
    if (status === 'READY') return html`<span class="status">${icon('pass', 'pass')} ${l10n.t('ready')}</span>`;
    const words = [status, statusMessage].filter(Boolean).join(': ');
    return html`<span class="status">${icon('warning', 'warned')} ${words}</span>`;
  }

  private versionFacts({ ref, version, run, experiment, model }: VersionPage): Fact[] {
    const open = (): void => {
      if (run) this.act('openRun', [{ kind: 'run', registry: ref.registry, id: run.runId }]);
    };
    const uri = `models:/${version.name}/${version.version}`;
    const runLink = html`<button class="link" @click=${open}>${run ? run.runName || run.runId : ''}</button>`;
    const known = new Set([l10n.t('Python'), l10n.t('MLflow'), l10n.t('Model ID'), l10n.t('Input example')]);
    return [
      { label: l10n.t('URI'), value: uri, mono: true, copy: uri },
      ...(run ? [{ label: l10n.t('Source run'), value: runLink }] : []),
      ...textFact(l10n.t('Experiment'), experiment?.name),
      ...textFact(l10n.t('Stage'), version.stage && version.stage !== 'None' ? version.stage : undefined),
      ...(model.file ? modelFacts(model.file) : [])
        .filter(([label]) => !known.has(label))
        .map(([label, value]): Fact => ({ label, value })),
      ...(version.modelId
        ? [{ label: l10n.t('Model ID'), value: version.modelId, mono: true, copy: version.modelId }]
        : []),
      { label: l10n.t('Source'), value: version.source, mono: true, wide: true, copy: version.source },
    ];
  }

  /** The chosen metric, else the primary one, else the first by name. */
  private wantedMetric(content: VersionPanelContent | undefined): string | undefined {
    const keys = content?.page.timeline.keys ?? [];
    const wishes = [this.host.state.metric, content && primaryOf(content.contract, keys), keys[0]];
    return wishes.find((each) => each !== undefined && keys.includes(each));
  }

  private renderTimeline({ ref, version, timeline }: VersionPage): TemplateResult | typeof nothing {
    const { marks, keys, metrics } = timeline;
    const wanted = this.wantedMetric(this.content);
    const metric = metrics.find(({ key }) => key === wanted) ?? metrics[0];
    if (marks.length < 2 || !metric) return nothing;
    const tools = metricField(keys, metric.key, (key) => void this.chooseMetric(key));
    return this.section(
      'timeline',
      l10n.t('Versions'),
      html`<rs-version-timeline
          .marks=${marks}
          .metric=${metric}
          .current=${version.version}
          .direction=${this.directionOf(metric.key)}
          .save=${this.host.saveChart}
          .asTable=${this.host.state.timelineAsTable ?? false}
          @as-table=${({ detail }: CustomEvent<boolean>) => this.change({ timelineAsTable: detail })}
          @open=${({ detail }: CustomEvent<string>) =>
            this.act('openVersion', [versionRef(ref.registry, version.name, detail)])}
        ></rs-version-timeline>
        ${this.unread === undefined ? nothing : this.notice(this.unread)}`,
      { count: formatNumber(marks.length), tools },
    );
  }

  /** What was drawn stays until the new one is there. */
  private async chooseMetric(key: string): Promise<void> {
    this.unread = undefined;
    this.change({ metric: key });
    try {
      const metrics = this.content ? await this.absentMetric(this.content) : [];
      if (this.content) this.content = withMetrics(this.content, metrics);
    } catch (error) {
      this.unread = error instanceof UserError ? error.text : String(error);
    }
  }

  protected override async read(signal: AbortSignal): Promise<VersionPanelContent> {
    const content = await super.read(signal);
    // The chart of another metric is better than no page.
    return withMetrics(content, await this.absentMetric(content, signal).catch(() => []));
  }

  /** The wanted metric, where the page did not bring it: runs may have thousands. */
  private async absentMetric(content: VersionPanelContent, signal?: AbortSignal): Promise<readonly VersionMetric[]> {
    const wanted = this.wantedMetric(content);
    const isThere = content.page.timeline.metrics.some(({ key }) => key === wanted);
    if (wanted === undefined || isThere) return [];
    return (await this.host.channel.request('overVersions', { key: wanted }, signal)).metrics;
  }

  /** Only what is served can be tried. */
  private renderTry({ page, servedBy }: VersionPanelContent): TemplateResult {
    if (!servedBy || !page.model.example) return html``;
    const endpoint: Ref = { kind: 'endpoint', registry: page.ref.registry, id: servedBy };
    return html`<button class="link" @click=${() => this.act('tryEndpoint', [endpoint])}>${l10n.t('Try it')}</button>`;
  }

  private renderNoRun({ runId }: ModelVersion): TemplateResult {
    return this.notice(
      runId
        ? l10n.t('Run {0}, which this version came from, is not in the tracking store any more.', runId)
        : l10n.t('This version was registered from no run: it has no metrics and no params.'),
    );
  }
}

function withMetrics(content: VersionPanelContent, metrics: readonly VersionMetric[]): VersionPanelContent {
  const { page } = content;
  const timeline = { ...page.timeline, metrics: [...page.timeline.metrics, ...metrics] };
  return { ...content, page: { ...page, timeline } };
}

customElements.define('rs-version', VersionPageElement);
