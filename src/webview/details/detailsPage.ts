import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { judgedBy, noContract, primaryFirst } from '../../domain/contract';
import type { KeyValue } from '../../domain/experiment';
import { formatNumber } from '../../domain/format';
import type { Metric } from '../../domain/metric';
import type { Ref } from '../../domain/ref';
import type { ArtifactFolder } from '../../domain/runPage';
import type { ArtifactPlace, DetailsContent, DetailsHost, DetailsState } from '../../panels/details.messages';
import type { Action } from '../../panels/webview.messages';
import { iconButton } from '../shared/buttons';
import { icon, type IconName } from '../shared/icons';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import './artifactBrowser';
import { detailsStyles } from './detailsStyles';
import { type Fact, factsList, factsStyles } from './facts';
import { tilesPerBlock } from './metricTiles';
import { metricsTable } from './metricsTable';
import './note';
import type { NoteEdit } from './note';
import './pairsTable';
import type { TagEdit } from './pairsTable';
import { textTableStyles } from './textTable';

/** Above this many rows a filter field is worth its place. */
const filterFrom = 12;

/** What the pages of a run and of a version share; P is what the page shows. */
export abstract class DetailsPage<P extends { readonly ref: DetailsState['ref'] }> extends Page<
  DetailsHost<P>,
  DetailsState,
  DetailsContent<P>
> {
  static override readonly styles = [baseStyles, pageStyles, factsStyles, textTableStyles, detailsStyles];

  protected override async read(signal: AbortSignal): Promise<DetailsContent<P>> {
    const content = await this.host.channel.request('content', {}, signal);
    this.save({ ref: content.page.ref });
    return content;
  }

  protected facts(facts: readonly Fact[]): TemplateResult {
    return factsList(facts, (text) => this.copy(text));
  }

  /** What both pages' heads end with; `between` stands before what leads elsewhere. */
  protected commonTools(ref: Ref, webUi: boolean, between: TemplateResult | typeof nothing = nothing): TemplateResult {
    const act = (name: IconName, label: string, action: Action): TemplateResult =>
      iconButton(name, label, () => this.act(action, [ref]));
    return html`${act('git-compare', l10n.t('Compare'), 'compare')}
    ${act('copy', l10n.t('Copy Python snippet'), 'copySnippet')}
    ${act('cloud-download', l10n.t('Download all artifacts'), 'download')} ${between}
    ${webUi ? act('link-external', l10n.t('Open in MLflow UI'), 'openInWebUi') : nothing}
    ${act('refresh', l10n.t('Refresh'), 'refresh')}`;
  }

  protected notice(sentence: string, action: TemplateResult | string = ''): TemplateResult {
    return html`<p class="notice">${icon('warning', 'warned')} ${sentence} ${action}</p>`;
  }

  /** A run's note or a version's description. */
  protected renderNote(text: string, editable: boolean): TemplateResult {
    return html`<rs-note
      .text=${text}
      ?editable=${editable}
      .draft=${this.host.state.draft}
      .write=${(edit: NoteEdit) => this.host.channel.request('describe', edit)}
      @draft=${({ detail }: CustomEvent<NoteEdit | undefined>) => this.save({ draft: detail })}
    ></rs-note>`;
  }

  /** Those of the machine (`system/…`) apart from the script's own. */
  protected renderMetrics(all: readonly Metric[], add?: TemplateResult): TemplateResult {
    const isSystem = ({ key }: Metric): boolean => key.startsWith('system/');
    const system = all.filter(isSystem);
    return html`
      ${this.renderMetricGroup(
        'metrics',
        l10n.t('Metrics'),
        all.filter((metric) => !isSystem(metric)),
        add,
      )}
      ${system.length > 0 ? this.renderMetricGroup('system-metrics', l10n.t('System metrics'), system) : ''}
    `;
  }

  private renderMetricGroup(
    id: string,
    title: string,
    metrics: readonly Metric[],
    add?: TemplateResult,
  ): TemplateResult {
    const asTable = this.host.state.asTable ?? false;
    const tools = html`${this.filterField(id, metrics.length)}${
      asTable ? '' : this.renderScaleTools()
    }${this.toggle(l10n.t('Table'), l10n.t('Show as table'), asTable, { asTable: !asTable })}${add ?? ''}`;
    const folded = id === 'system-metrics';
    return this.section(id, title, this.renderMetricBlocks(id, metrics, asTable), {
      count: formatNumber(metrics.length),
      folded,
      tools,
    });
  }

  private renderMetricBlocks(id: string, all: readonly Metric[], asTable: boolean): TemplateResult {
    if (all.length === 0) return emptyWords(l10n.t('This run logged no metrics.'));
    const part = this.filterOf(id);
    const shown = this.ordered(all).filter(({ key }) => key.toLowerCase().includes(part));
    if (shown.length === 0) {
      return emptyWords(l10n.t('None of {0} metrics has this in its name.', formatNumber(all.length)));
    }
    if (asTable) return metricsTable(shown);
    const blocks = Array.from({ length: Math.ceil(shown.length / tilesPerBlock) }, (_, i) =>
      shown.slice(i * tilesPerBlock, (i + 1) * tilesPerBlock),
    );
    return html`<div class="tiles">${blocks.map((block) => this.renderTiles(block))}</div>`;
  }

  /** By name, after what one decides by. */
  private ordered(metrics: readonly Metric[]): readonly Metric[] {
    const keys = [...new Set(metrics.map(({ key }) => key))].sort();
    const places = new Map(primaryFirst(this.content?.contract ?? noContract, keys).map((key, place) => [key, place]));
    return [...metrics].sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
  }

  private renderTiles(metrics: readonly Metric[]): TemplateResult {
    return html`<rs-metric-tiles
      .metrics=${metrics}
      .charted=${this.charted}
      .directionOf=${this.directionOf}
      .axis=${this.axis}
      .logScale=${this.logScale}
      .version=${this.version}
      .read=${this.readLines}
      .save=${this.host.saveChart}
      @flip=${({ detail: key }: CustomEvent<string>) => this.flipChart(key)}
    ></rs-metric-tiles>`;
  }

  private get charted(): readonly string[] {
    return this.host.state.charted ?? [];
  }

  private flipChart(key: string): void {
    const others = this.charted.filter((each) => each !== key);
    this.change({ charted: others.length < this.charted.length ? others : [...others, key] });
  }

  protected readonly directionOf = (key: string) => this.content && judgedBy(this.content.contract, key)?.direction;

  /** MLflow changes no param that was logged: they can be added to only, by `add`. */
  protected renderParams(params: readonly KeyValue[], add?: TemplateResult): TemplateResult {
    return this.section(
      'params',
      l10n.t('Params'),
      this.pairs('params', params, l10n.t('This run logged no params.')),
      {
        count: params.length,
        tools: html`${this.filterField('params', params.length)}${add ?? ''}`,
      },
    );
  }

  /** Own ones, which can be edited where `editable`; `empty` says that there are none. */
  protected renderTags(tags: readonly KeyValue[], empty: string, editable: boolean): TemplateResult {
    const add = (): void => void this.host.channel.request('editTag', { action: 'setTag' });
    return this.section('tags', l10n.t('Tags'), this.pairs('tags', tags, empty, editable), {
      count: tags.length,
      tools: html`${this.filterField('tags', tags.length)}${
        editable ? iconButton('add', l10n.t('Add a tag'), add) : ''
      }`,
    });
  }

  protected renderSystemTags(tags: readonly KeyValue[]): TemplateResult {
    if (tags.length === 0) return html``;
    return this.section('system', l10n.t('MLflow tags'), this.pairs('system', tags, ''), {
      count: tags.length,
      folded: true,
      tools: this.filterField('system', tags.length),
    });
  }

  private pairs(id: string, pairs: readonly KeyValue[], empty: string, editable = false): TemplateResult {
    return html`<rs-pairs
      .pairs=${pairs}
      .filter=${this.filterOf(id)}
      .empty=${empty}
      ?editable=${editable}
      @copy=${({ detail }: CustomEvent<string>) => this.copy(detail)}
      @edit=${({ detail }: CustomEvent<TagEdit>) => void this.host.channel.request('editTag', detail)}
    ></rs-pairs>`;
  }

  private filterField(id: string, count: number): TemplateResult {
    if (count <= filterFrom) return html``;
    return html`<input
      class="filter"
      type="search"
      placeholder=${l10n.t('Filter')}
      aria-label=${filterLabel(id)}
      .value=${this.host.state.filters?.[id] ?? ''}
      @input=${(event: InputEvent) => {
        const { value } = event.target as HTMLInputElement;
        this.change({ filters: { ...this.host.state.filters, [id]: value } });
      }}
    />`;
  }

  private filterOf(id: string): string {
    return (this.host.state.filters?.[id] ?? '').toLowerCase();
  }

  protected renderArtifacts(folders: readonly ArtifactFolder[], canReveal: boolean): TemplateResult {
    const { channel } = this.host;
    return this.section(
      'artifacts',
      l10n.t('Artifacts'),
      html`<rs-artifact-browser
        .folders=${folders}
        .version=${this.version}
        .shown=${this.host.state.artifact}
        .unfolded=${this.host.state.folders}
        .preview=${(place: ArtifactPlace, signal: AbortSignal) => channel.request('preview', place, signal)}
        .list=${(place: ArtifactPlace) => channel.request('artifacts', place)}
        .act=${(action: Parameters<DetailsHost<P>['methods']['actOnArtifact']>[0]) =>
          void channel.request('actOnArtifact', action)}
        .canReveal=${canReveal}
        @choose=${({ detail }: CustomEvent<ArtifactPlace | undefined>) => this.change({ artifact: detail })}
        @unfold=${({ detail }: CustomEvent<readonly ArtifactPlace[]>) => this.save({ folders: detail })}
      ></rs-artifact-browser>`,
    );
  }
}

function filterLabel(id: string): string {
  switch (id) {
    case 'params':
      return l10n.t('Filter params by name or value');
    case 'tags':
    case 'system':
      return l10n.t('Filter tags by name or value');
    default:
      return l10n.t('Filter metrics by name');
  }
}

/** Tags that people set, and those that MLflow keeps for itself. */
export function partTags(tags: readonly KeyValue[]): { readonly own: KeyValue[]; readonly system: KeyValue[] } {
  const isSystem = ({ key }: KeyValue): boolean => key.startsWith('mlflow.');
  return { own: tags.filter((tag) => !isSystem(tag)), system: tags.filter(isSystem) };
}
