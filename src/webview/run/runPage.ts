import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../domain/format';
import type { Metric } from '../../domain/metric';
import type { RunPage } from '../../domain/runPage';
import type { RunHost, RunPanelContent, RunPanelState } from '../../panels/run/run.messages';
import { icon } from '../shared/icons';
import '../shared/metricChart';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import './artifactTree';
import { metricsTable } from './metricsTable';
import { type Fact, overviewFacts, statusWord, versionFacts } from './overview';
import { runStyles } from './runStyles';

/** Above this many rows a filter field is worth its place. */
const filterFrom = 12;

/** The page of a run, or of a version with its source run. */
class RunPageElement extends Page<RunHost, RunPanelState, RunPanelContent> {
  static override readonly properties = { ...Page.properties, curves: { state: true } };
  /** Metrics whose latest step is 0 and that have a history all the same: they were logged without steps. */
  declare private curves: ReadonlySet<string> | undefined;
  static override readonly styles = [baseStyles, pageStyles, runStyles];

  protected override async read(signal: AbortSignal): Promise<RunPanelContent> {
    const content = await this.host.channel.request('content', {}, signal);
    this.save({ ref: content.page.ref });
    void this.findCurves(content.page.run?.metrics ?? [], signal);
    return content;
  }

  /** After the page is shown, because a server is asked once per metric. */
  private async findCurves(metrics: readonly Metric[], signal: AbortSignal): Promise<void> {
    const keys = metrics.filter(({ step }) => step === 0).map(({ key }) => key);
    if (keys.length === 0) return;
    try {
      this.curves = new Set(await this.host.channel.request('curves', { keys }, signal));
    } catch {
      // Each chart says by itself what could not be read; a summary value needs none.
    }
  }

  protected override renderContent(content: RunPanelContent): TemplateResult {
    const { page } = content;
    const { run } = page;
    return html`
      ${this.renderHeader(content)} ${page.missing.map((sentence) => html`<p class="dimmed">${sentence}</p>`)}
      ${page.version ? this.renderFacts(versionFacts(page.version)) : nothing}
      ${page.version && !run ? this.renderNoRun(page) : nothing} ${run ? this.renderRun(page) : nothing}
      ${this.section('artifacts', l10n.t('Artifacts'), this.renderArtifacts(content))}
    `;
  }

  private renderHeader({ page, capabilities }: RunPanelContent): TemplateResult {
    const { ref, run, version } = page;
    return html`<header>
      <div class="heading">
        <h1>
          ${version ? html`${version.name} <span class="version">v${version.version}</span>` : run?.runName}
          ${version?.aliases.map((alias) => html`<span class="badge">@${alias}</span>`)}
        </h1>
        <p class="dimmed">${version ? nothing : statusWord(page)}</p>
      </div>
      <div class="tools">
        ${
          version
            ? html`<vscode-button @click=${() => this.act('deployLocally', [ref])}
                >${l10n.t('Deploy Locally')}</vscode-button
              >`
            : capabilities.write && run?.lifecycleStage === 'active'
              ? html`<vscode-button @click=${() => this.act('registerVersion', [ref])}
                  >${l10n.t('Register…')}</vscode-button
                >`
              : nothing
        }
        ${
          version && capabilities.write
            ? this.iconButton('tag', l10n.t('Set alias'), () => this.act('setAlias', [ref]))
            : nothing
        }
        ${this.iconButton('git-compare', l10n.t('Compare'), () => this.act('compare', [ref]))}
        ${this.iconButton('copy', l10n.t('Copy Python snippet'), () => this.act('copySnippet', [ref]))}
        ${
          capabilities.webUi
            ? this.iconButton('link-external', l10n.t('Open in MLflow UI'), () => this.act('openInWebUi', [ref]))
            : nothing
        }
        ${this.iconButton('refresh', l10n.t('Refresh'), () => this.act('refresh', [ref]))}
      </div>
    </header>`;
  }

  private renderNoRun({ version }: RunPage): TemplateResult {
    const sentence = version?.runId
      ? l10n.t('Run {0}, which this version came from, is not in the tracking store any more.', version.runId)
      : l10n.t('This version was registered from no run: it has no metrics and no params.');
    return html`<p class="notice">${icon('warning', 'warned')} ${sentence}</p>`;
  }

  private renderRun(page: RunPage): TemplateResult {
    const { run } = page;
    if (!run) return html``;
    const own = run.tags.filter(({ key }) => !key.startsWith('mlflow.'));
    const system = run.tags.filter(({ key }) => key.startsWith('mlflow.'));
    const facts = overviewFacts(page, this.openRef);
    const runSection = page.version ? l10n.t('Source run') : l10n.t('Overview');
    return html`
      ${this.section('overview', runSection, html`${this.renderFacts(facts)}${this.renderNote(page)}`)}
      ${this.renderMetrics(run.metrics)}
      <div class="pairs">
        ${this.section('params', l10n.t('Params'), this.renderPairs(run.params, l10n.t('This run logged no params.')), {
          count: run.params.length,
        })}
        ${this.section('tags', l10n.t('Tags'), this.renderPairs(own, l10n.t('This run has no tags of its own.')), {
          count: own.length,
        })}
      </div>
      ${
        run.datasetInputs.length > 0
          ? this.section('datasets', l10n.t('Datasets'), this.renderDatasets(page), { count: run.datasetInputs.length })
          : nothing
      }
      ${
        page.madeVersions.length > 0
          ? this.section('versions', l10n.t('Registered versions'), this.renderVersions(page), {
              count: page.madeVersions.length,
            })
          : nothing
      }
      ${
        system.length > 0
          ? this.section('system', l10n.t('MLflow tags'), this.renderPairs(system, ''), {
              count: system.length,
              folded: true,
            })
          : nothing
      }
    `;
  }

  private renderFacts(facts: readonly Fact[]): TemplateResult {
    return html`<dl class="facts">
      ${facts.map(
        ({ label, value, title, mono, wide, copy }) =>
          html`<div class=${wide ? 'wide' : ''}>
            <dt class="dimmed">${label}</dt>
            <dd class=${mono ? 'mono' : ''} title=${title ?? nothing}>
              ${value}${
                copy === undefined ? nothing : this.iconButton('copy', l10n.t('Copy {0}', label), () => this.copy(copy))
              }
            </dd>
          </div>`,
      )}
    </dl>`;
  }

  private renderNote({ run }: RunPage): TemplateResult | typeof nothing {
    const note = run?.tags.find(({ key }) => key === 'mlflow.note.content')?.value;
    return note ? html`<p class="note text">${note}</p>` : nothing;
  }

  private renderMetrics(all: readonly Metric[]): TemplateResult {
    const own = all.filter(({ key }) => !key.startsWith('system/'));
    const system = all.filter(({ key }) => key.startsWith('system/'));
    return html`
      ${this.section('metrics', l10n.t('Metrics'), this.renderMetricGroup(own), {
        count: own.length,
        tools: html`${all.length > filterFrom ? this.renderFilter() : nothing}${this.renderScaleTools()}`,
      })}
      ${
        system.length > 0
          ? this.section('system-metrics', l10n.t('System metrics'), this.renderMetricGroup(system), {
              count: system.length,
              folded: true,
            })
          : nothing
      }
    `;
  }

  private renderFilter(): TemplateResult {
    const label = l10n.t('Filter metrics by name');
    return html`<input
      class="filter"
      type="search"
      placeholder=${l10n.t('Filter')}
      aria-label=${label}
      .value=${this.host.state.filter ?? ''}
      @input=${(event: InputEvent) => this.change({ filter: (event.target as HTMLInputElement).value })}
    />`;
  }

  private renderMetricGroup(all: readonly Metric[]): TemplateResult {
    if (all.length === 0) return html`${emptyWords(l10n.t('This run logged no metrics.'))}`;
    const part = (this.host.state.filter ?? '').toLowerCase();
    const shown = all.filter(({ key }) => key.toLowerCase().includes(part));
    if (shown.length === 0) {
      return html`${emptyWords(l10n.t('None of {0} metrics has this in its name.', formatNumber(all.length)))}`;
    }
    // One point at the first step is the rule for a summary value; the table tells it whole.
    const charted = shown.filter(({ key, step }) => step !== 0 || this.curves?.has(key));
    return html`
      <div class="charts">
        ${charted.map(
          ({ key, value }) =>
            html`<rs-metric-chart
              .metric=${key}
              .latest=${value}
              .names=${[{ label: key, series: 0 }]}
              .axis=${this.axis}
              .logScale=${this.logScale}
              .version=${this.version}
              .read=${this.readLines}
            ></rs-metric-chart>`,
        )}
      </div>
      ${metricsTable(shown)}
    `;
  }

  private renderPairs(
    pairs: readonly { readonly key: string; readonly value: string }[],
    empty: string,
  ): TemplateResult {
    if (pairs.length === 0) return html`${emptyWords(empty)}`;
    return html`<table class="pairs-table">
      <tbody>
        ${[...pairs]
          .sort((a, b) => (a.key < b.key ? -1 : 1))
          .map(
            ({ key, value }) =>
              html`<tr>
                <th scope="row">${key}</th>
                <td class="text">${value}</td>
              </tr>`,
          )}
      </tbody>
    </table>`;
  }

  private renderDatasets({ run }: RunPage): TemplateResult {
    return html`<ul class="rows">
      ${run?.datasetInputs.map(({ dataset, tags }) => {
        const context = tags.find(({ key }) => key === 'mlflow.data.context')?.value;
        return html`<li>
          ${icon('table')} ${dataset.name} <span class="mono dimmed">${dataset.digest}</span>
          <span class="dimmed">${[context, dataset.sourceType].filter(Boolean).join(' · ')}</span>
        </li>`;
      })}
    </ul>`;
  }

  private renderVersions({ ref, madeVersions }: RunPage): TemplateResult {
    return html`<ul class="rows">
      ${madeVersions.map(
        ({ name, version, aliases }) =>
          html`<li>
            ${icon('package')}
            <button
              class="link"
              @click=${() => this.openRef({ kind: 'version', registry: ref.registry, id: `${name}/${version}` })}
            >
              ${name} v${version}
            </button>
            ${aliases.map((alias) => html`<span class="badge">@${alias}</span>`)}
          </li>`,
      )}
    </ul>`;
  }

  private renderArtifacts({ page, canReveal }: RunPanelContent): TemplateResult {
    return html`<rs-artifact-tree
      .folders=${page.artifactFolders}
      .version=${this.version}
      .list=${this.listArtifacts}
      .act=${this.actOnArtifact}
      .canReveal=${canReveal}
    ></rs-artifact-tree>`;
  }

  private readonly listArtifacts = (args: Parameters<RunHost['methods']['artifacts']>[0]) =>
    this.host.channel.request('artifacts', args);

  private readonly actOnArtifact = (args: Parameters<RunHost['methods']['actOnArtifact']>[0]) =>
    void this.host.channel.request('actOnArtifact', args);

  private readonly openRef = (ref: RunPage['ref']): void => this.act('openRun', [ref]);
}

customElements.define('rs-run', RunPageElement);
