import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CompareRow } from '../../domain/compare';
import type { Ref } from '../../domain/ref';
import type { SegmentFamily } from '../../domain/segments';
import type {
  CompareArtifacts,
  CompareContent,
  CompareDetails,
  CompareEvidence,
  CompareHead,
  CompareHost,
  ComparePanelState,
} from '../../panels/compare/compare.messages';
import { Beside } from '../shared/beside';
import { Memo } from '../shared/memo';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import { seriesClass } from '../shared/theme';
import { artifactsSection } from './artifactsSection';
import { compareCharts } from './compareCharts';
import { type Findings, findingsOf } from './compareFindings';
import { compareLegend } from './compareLegend';
import { compareToolbar } from './compareToolbar';
import { fullName, nameOf, titleOf } from './compareNames';
import { compareNotes, goneWords } from './compareNotes';
import { compareReport } from './compareReport';
import { sidesOf, sidesPicker } from './compareSides';
import { sectionsOf, summaryOf, type Section } from './compareSections';
import { compareStyles } from './compareStyles';
import { compareTable } from './compareTable';
import { segmentMaps } from './segmentMap';
import { verdictLine } from './verdictLine';

/** Two or more runs or versions side by side; the first is what the others are measured against. */
class ComparePageElement extends Page<CompareHost, ComparePanelState, CompareContent> {
  static override readonly properties = { ...Page.properties, filter: { state: true }, opened: { state: true } };
  static override readonly styles = [baseStyles, pageStyles, compareStyles];
  declare private filter: string;
  /** The artifact that is compared in place. */
  declare private opened: string | undefined;

  private readonly evidence = new Beside<CompareEvidence>(this, (signal) =>
    this.host.channel.request('evidence', {}, signal),
  );

  private readonly details = new Beside<CompareDetails>(this, (signal) =>
    this.host.channel.request('details', {}, signal),
  );

  private readonly artifacts = new Beside<CompareArtifacts>(this, (signal) =>
    this.host.channel.request('artifacts', { of: this.sides }, signal),
  );

  private readonly changedFiles = new Beside<number>(this, (signal) =>
    this.host.channel.request('changedFiles', { of: this.sides }, signal),
  );

  private readonly found = new Memo<Findings>();

  constructor() {
    super();
    this.filter = '';
  }

  protected override async read(signal: AbortSignal): Promise<CompareContent> {
    const content = await this.host.channel.request('content', {}, signal);
    const { heads, contract } = content;
    this.save({ refs: heads.map(({ ref }) => ref), series: heads.map(({ series }) => series) });
    this.evidence.load(JSON.stringify([heads.map(({ ref, run }) => [ref, run?.status]), contract]));
    this.details.load(JSON.stringify(heads.map(({ ref, run }) => [ref, run?.status])));
    return content;
  }

  protected override renderContent(content: CompareContent): TemplateResult {
    const { heads } = content;
    const { sentence, counts } = this.findings(content);
    return html`
      <header>
        <div class="heading">
          <h1>${titleOf(heads)}</h1>
          ${verdictLine(sentence, (key) => void this.showRow(key))}
          <p class="dimmed">${summaryOf(content, counts)}</p>
          ${this.renderNotes(content)}
        </div>
        ${this.renderTools(content)}
      </header>
      ${compareLegend(heads, {
        name: (head) => this.renderName(head, nameOf(head, heads)),
        arrange: (next) => this.arrange(next),
      })}
      ${
        heads.length < 2
          ? emptyWords(l10n.t('One item is left: select two or more in the side bar and compare them.'))
          : nothing
      }
      ${sectionsOf(this.rowsOf(content)).map(
        (section) => html`
          ${this.renderSection(section, content)} ${section.id === 'metrics' ? this.renderSegments(content) : nothing}
        `,
      )}
      ${this.renderArtifacts(content)} ${this.renderCharts(content)}
    `;
  }

  private renderTools(content: CompareContent): TemplateResult {
    const { state, channel } = this.host;
    const showsSame = state.showsSame ?? false;
    return compareToolbar({
      filter: this.filter,
      search: (text) => (this.filter = text),
      onlyDifferences: !showsSame,
      flip: () => this.change({ showsSame: !showsSame, folded: withoutSame(state.folded) }),
      ...(content.heads.length === 2 && { swap: () => this.arrange([...content.heads].reverse()) }),
      add: () => void channel.request('add', {}),
      copy: () => this.copy(this.report(content)),
      saveAs: () => void channel.request('saveReport', { text: this.report(content) }),
      refresh: () => this.act('refresh'),
    });
  }

  private rowsOf({ rows }: CompareContent): readonly CompareRow[] {
    return [...rows, ...(this.details.value?.rows ?? [])];
  }

  private findings(content: CompareContent): Findings {
    const { value } = this.evidence;
    return this.found.get([content, value], () => findingsOf(content, value));
  }

  private report(content: CompareContent): string {
    const { sentence: verdict, noise, families } = this.findings(content);
    return compareReport({ content, rows: this.rowsOf(content), verdict, notes: this.notes(content), noise, families });
  }

  private renderNotes(content: CompareContent): TemplateResult {
    const error = this.evidence.error ?? this.details.error;
    const open = (): void => void this.host.channel.request('openContract', {});
    if (error === undefined) return compareNotes(content, this.notes(content), open);
    return html`<rs-error .error=${error} small @retry=${(event: Event) => this.retry(event)}></rs-error>`;
  }

  /** Not the whole page: its content is there. */
  private retry(event: Event): void {
    event.stopPropagation();
    for (const part of [this.evidence, this.details]) if (part.error !== undefined) void part.reload();
  }

  private notes(content: CompareContent): readonly string[] {
    const { spread } = this.findings(content);
    return [
      ...goneWords(content),
      ...spread,
      ...(this.evidence.value?.missing ?? []),
      ...(this.details.value?.missing ?? []),
    ];
  }

  private renderSection({ id, title, rows, folded }: Section, content: CompareContent): TemplateResult {
    if (rows.length === 0) return this.section(id, title, html`${emptyWords(l10n.t('There are none.'))}`, { count: 0 });
    const count = l10n.t('{0} of {1} differ', rows.filter(({ differs }) => differs).length, rows.length);
    const { heads, contract } = content;
    const { state } = this.host;
    const showsSame = !(state.folded?.[`${id}-same`] ?? !(state.showsSame ?? false));
    const table = compareTable(rows, {
      contract,
      noise: this.findings(content).noise,
      judge: (metric) => void this.host.channel.request('judge', { metric }),
      heads: heads.map((head) => this.renderName(head, nameOf(head, heads))),
      filter: this.filter,
      showsSame,
      flipSame: () => this.change({ folded: { ...state.folded, [`${id}-same`]: showsSame } }),
      ...this.wholeOf(id),
    });
    const tools = id === 'code' ? this.codeTools(content) : undefined;
    return this.section(id, title, table, { count, ...(folded && { folded }), ...(tools && { tools }) });
  }

  /** The diff of two, where the workspace has both commits. */
  private codeTools({ heads }: CompareContent): TemplateResult {
    const commits = this.details.value?.rows.filter(({ group }) => group === 'code');
    this.changedFiles.load(JSON.stringify([this.sides, commits]));
    const files = this.changedFiles.value ?? 0;
    const open = (): void => void this.host.channel.request('openCodeDiff', { of: this.sides });
    return html`${this.renderSides(heads)}
    ${files > 0 ? html`<button class="link" @click=${open}>${l10n.t('{0} files changed', files)} ↗</button>` : nothing}`;
  }

  /** What is compared of files. */
  private get sides(): readonly Ref[] {
    return sidesOf(this.content?.heads ?? [], this.host.state.sides).map(({ ref }) => ref);
  }

  private renderSides(heads: readonly CompareHead[]): TemplateResult | typeof nothing {
    if (heads.length < 3) return nothing;
    return sidesPicker(heads, sidesOf(heads, this.host.state.sides), (sides) => {
      this.opened = undefined;
      this.change({ sides });
    });
  }

  private wholeOf(id: string): { showsAll: boolean; showAll: () => void } {
    const { whole = [] } = this.host.state;
    return { showsAll: whole.includes(id), showAll: () => this.change({ whole: [...whole, id] }) };
  }

  private renderSegments(content: CompareContent): TemplateResult | typeof nothing {
    const { families } = this.findings(content);
    if (families.length === 0) return nothing;
    const judge = ({ metric, patterns, from }: Pick<SegmentFamily, 'metric' | 'patterns' | 'from'>): void =>
      void this.host.channel.request('judgeSegments', { metric, patterns, guessed: from === 'names' });
    const maps = segmentMaps(families, content, (metric) => this.wholeOf(`segments-${metric}`), judge);
    return this.section('segments', l10n.t('Segments'), maps, { count: families.length });
  }

  /** Brings the row of a metric into view, unfolding what holds it. */
  private async showRow(key: string): Promise<void> {
    const { folded } = this.host.state;
    this.filter = '';
    this.change({ folded: { ...folded, metrics: false, segments: false }, whole: ['metrics'] });
    await this.updateComplete;
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('tr[data-key]')];
    const row = rows.find(({ dataset }) => dataset['key'] === key);
    row?.scrollIntoView({ block: 'center' });
    row?.focus();
  }

  private renderName(head: CompareHead, name: string): TemplateResult {
    return html`<span class="swatch ${seriesClass(head.series)}"></span
      ><button class="name" title=${l10n.t('Open {0}', fullName(head))} @click=${() => this.act('openRun', [head.ref])}>
        ${name}
      </button>`;
  }

  /** Listed when they are unfolded first: a server answers folder by folder. */
  private renderArtifacts({ heads }: CompareContent): TemplateResult | typeof nothing {
    if (heads.length < 2) return nothing;
    const of = this.sides;
    if (this.host.state.folded?.['artifacts'] === false) this.artifacts.load(JSON.stringify(of));
    const { channel } = this.host;
    const { value, error } = this.artifacts;
    const body = artifactsSection(value, error, {
      names: sidesOf(heads, this.host.state.sides).map((head) => nameOf(head, heads)),
      filter: this.filter,
      opened: this.opened,
      open: (path) => (this.opened = path),
      diff: (pair) => void channel.request('openArtifacts', { of, ...pair }),
      read: (pair, signal) => channel.request('previews', { of, ...pair }, signal),
      retry: (event) => {
        event.stopPropagation();
        void this.artifacts.reload();
      },
    });
    return this.section('artifacts', l10n.t('Artifacts'), body, {
      folded: true,
      tools: html`${this.renderSides(heads)}`,
      ...(value && { count: value.pairs.length }),
    });
  }

  private renderCharts({ heads, charted }: CompareContent): TemplateResult {
    const { axis, logScale, version, readLines: read } = this;
    const save = this.host.saveChart;
    const scales = { axis, logScale, version, read, save };
    const isSystem = (key: string): boolean => key.startsWith('system/');
    const own = charted.filter((key) => !isSystem(key));
    const group = (id: string, title: string, keys: readonly string[]): TemplateResult | typeof nothing =>
      keys.length === 0
        ? nothing
        : this.section(id, title, compareCharts(keys, heads, scales), {
            count: keys.length,
            folded: id !== 'charts',
            tools: this.renderScaleTools(),
          });
    return html`
      ${group('charts', l10n.t('Charts'), own)}
      ${group('system-charts', l10n.t('Charts of system metrics'), charted.filter(isSystem))}
    `;
  }

  private arrange(heads: readonly CompareHead[]): void {
    void this.host.channel.request('arrange', { refs: heads.map(({ ref }) => ref) });
  }
}

/** The switch for all sections overrules what was chosen for one. */
function withoutSame(folded: ComparePanelState['folded'] = {}): NonNullable<ComparePanelState['folded']> {
  return Object.fromEntries(Object.entries(folded).filter(([id]) => !id.endsWith('-same')));
}

customElements.define('rs-compare', ComparePageElement);
