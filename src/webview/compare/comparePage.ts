import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type CompareRow, metricMarks } from '../../domain/compare';
import { refKey, versionOf } from '../../domain/ref';
import { verdictOf } from '../../domain/verdict';
import type {
  CompareContent,
  CompareHead,
  CompareHost,
  ComparePanelState,
} from '../../panels/compare/compare.messages';
import '../shared/metricChart';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import { seriesClass } from '../shared/theme';
import { compareRow } from './compareRow';
import { compareStyles } from './compareStyles';
import { verdictWords } from './verdictWords';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly CompareRow[];
  readonly folded?: boolean;
}

/** Two or more runs or versions side by side; the first is what the others are measured against. */
class ComparePageElement extends Page<CompareHost, ComparePanelState, CompareContent> {
  static override readonly properties = { ...Page.properties };
  static override readonly styles = [baseStyles, pageStyles, compareStyles];

  protected override async read(signal: AbortSignal): Promise<CompareContent> {
    const content = await this.host.channel.request('content', {}, signal);
    this.save({ refs: content.heads.map(({ ref }) => ref), series: content.heads.map(({ series }) => series) });
    return content;
  }

  protected override renderContent(content: CompareContent): TemplateResult {
    const { heads } = content;
    return html`
      <header>
        <div class="heading">
          <h1>${titleOf(heads)}</h1>
          ${this.renderVerdict(content)}
          <p class="dimmed">${summaryOf(content)}</p>
        </div>
        <div class="tools">
          ${
            heads.length === 2
              ? this.iconButton('arrow-swap', l10n.t('Swap'), () => this.arrange([...heads].reverse()))
              : nothing
          }
          ${this.iconButton('refresh', l10n.t('Refresh'), () => this.act('refresh'))}
        </div>
      </header>
      ${this.renderItems(heads)}
      ${
        heads.length < 2
          ? emptyWords(l10n.t('One item is left: select two or more in the side bar and compare them.'))
          : nothing
      }
      ${sectionsOf(content).map((section) => this.renderSection(section, heads))} ${this.renderCharts(content)}
    `;
  }

  /** What a colleague would say first; only of two, and only where it is known what is better. */
  private renderVerdict({ heads, rows, contract }: CompareContent): TemplateResult | typeof nothing {
    const [base, other] = heads;
    if (heads.length !== 2 || !base || !other) return nothing;
    const words = verdictWords(verdictOf(rows, contract), nameOf(other, heads));
    return words === undefined ? nothing : html`<p class="verdict">${words}</p>`;
  }

  private renderSection({ id, title, rows, folded }: Section, heads: readonly CompareHead[]): TemplateResult {
    const differing = rows.filter(({ differs }) => differs);
    const count = l10n.t('{0} of {1} differ', differing.length, rows.length);
    if (rows.length === 0) return this.section(id, title, html`${emptyWords(l10n.t('There are none.'))}`, { count: 0 });
    const same = rows.filter(({ differs }) => !differs);
    const showsSame = this.host.state.folded?.[`${id}-same`] === false;
    return this.section(
      id,
      title,
      html`
        ${differing.length > 0 || showsSame ? this.renderTable(showsSame ? rows : differing, heads) : nothing}
        ${same.length > 0 ? this.renderSameToggle(id, same.length, showsSame) : nothing}
      `,
      { count, ...(folded && { folded }) },
    );
  }

  private renderSameToggle(id: string, count: number, shows: boolean): TemplateResult {
    const flip = (): void => this.change({ folded: { ...this.host.state.folded, [`${id}-same`]: shows } });
    return html`<button class="link same" aria-expanded=${shows ? 'true' : 'false'} @click=${flip}>
      ${shows ? l10n.t('Hide {0} that are the same', count) : l10n.t('Show {0} that are the same', count)}
    </button>`;
  }

  private renderTable(rows: readonly CompareRow[], heads: readonly CompareHead[]): TemplateResult {
    const withDelta = heads.length === 2 && rows.some(({ group }) => group === 'metrics');
    return html`<div class="scroll">
      <table class=${rows[0]?.group === 'metrics' ? 'numbers' : 'texts'}>
        <thead>
          <tr>
            <td class="key"><span class="visually-hidden">${l10n.t('Name')}</span></td>
            ${heads.map((head) => html`<th scope="col"><span class="head">${this.renderName(head, nameOf(head, heads))}</span></th>`)}
            ${withDelta ? html`<th scope="col">${l10n.t('Change')}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => compareRow(row, withDelta, this.content?.contract))}
        </tbody>
      </table>
    </div>`;
  }

  /** The items by name: aliases, which is the baseline, and a way out of the comparison. */
  private renderItems(heads: readonly CompareHead[]): TemplateResult {
    return html`<ul class="legend" aria-label=${l10n.t('Compared items')}>
      ${heads.map((head, index) => {
        const name = nameOf(head, heads);
        return html`<li class="head">
          ${this.renderName(head, name)}
          ${head.version?.aliases.map((alias) => html`<span class="badge">@${alias}</span>`)}
          ${index === 0 && heads.length > 1 ? html`<span class="dimmed">${l10n.t('baseline')}</span>` : nothing}
          ${
            heads.length > 2
              ? this.iconButton('close', l10n.t('Remove {0}', name), () =>
                  this.arrange(heads.filter(({ ref }) => ref !== head.ref)),
                )
              : nothing
          }
        </li>`;
      })}
    </ul>`;
  }

  private renderName(head: CompareHead, name: string): TemplateResult {
    return html`<span class="swatch ${seriesClass(head.series)}"></span
      ><button class="name" title=${l10n.t('Open {0}', fullName(head))} @click=${() => this.act('openRun', [head.ref])}>
        ${name}
      </button>`;
  }

  private renderCharts({ heads, charted }: CompareContent): TemplateResult {
    const isSystem = (key: string): boolean => key.startsWith('system/');
    const own = charted.filter((key) => !isSystem(key));
    return html`
      ${this.renderChartGroup('charts', l10n.t('Charts'), own, heads)}
      ${this.renderChartGroup('system-charts', l10n.t('Charts of system metrics'), charted.filter(isSystem), heads)}
    `;
  }

  private renderChartGroup(
    id: string,
    title: string,
    keys: readonly string[],
    heads: readonly CompareHead[],
  ): TemplateResult | typeof nothing {
    if (keys.length === 0) return nothing;
    const names = heads.map((head) => ({ label: nameOf(head, heads), series: head.series }));
    return this.section(
      id,
      title,
      html`
        <p class="legend">
          ${names.map(
            ({ label, series }) =>
              html`<span class="head"><span class="swatch ${seriesClass(series)}"></span>${label}</span>`,
          )}
        </p>
        <div class="charts">
          ${keys.map(
            (key) =>
              html`<rs-metric-chart
                .metric=${key}
                .names=${names}
                .axis=${this.axis}
                .logScale=${this.logScale}
                .version=${this.version}
                .read=${this.readLines}
              ></rs-metric-chart>`,
          )}
        </div>
      `,
      { count: keys.length, folded: id !== 'charts', tools: this.renderScaleTools() },
    );
  }

  private arrange(heads: readonly CompareHead[]): void {
    void this.host.channel.request('arrange', { refs: heads.map(({ ref }) => ref) });
  }
}

function sectionsOf({ rows }: CompareContent): Section[] {
  const of = (group: CompareRow['group']): CompareRow[] => rows.filter((row) => row.group === group);
  const own = of('tags').filter(({ key }) => !key.startsWith('mlflow.'));
  const system = of('tags').filter(({ key }) => key.startsWith('mlflow.'));
  return [
    { id: 'metrics', title: l10n.t('Metrics'), rows: of('metrics') },
    { id: 'params', title: l10n.t('Params'), rows: of('params') },
    { id: 'tags', title: l10n.t('Tags'), rows: own },
    ...(system.length > 0 ? [{ id: 'system', title: l10n.t('MLflow tags'), rows: system, folded: true }] : []),
  ];
}

function summaryOf({ heads, rows, contract }: CompareContent): string {
  const [base, other] = heads;
  const verdicts = rows
    .filter(({ group }) => group === 'metrics')
    .map((row) => metricMarks(row, contract).deltas[1]?.verdict);
  const better = verdicts.filter((verdict) => verdict === 'better').length;
  const worse = verdicts.filter((verdict) => verdict === 'worse').length;
  const params = rows.filter(({ group, differs }) => group === 'params' && differs).length;
  if (heads.length !== 2 || !base || !other || better + worse === 0) return l10n.t('Params: {0} differ', params);
  return l10n.t(
    'Metrics: {0} better, {1} worse in {2} · Params: {3} differ',
    better,
    worse,
    nameOf(other, heads),
    params,
  );
}

function titleOf(heads: readonly CompareHead[]): string {
  const [base, other] = heads;
  if (heads.length !== 2 || !base || !other) return l10n.t('{0} items', heads.length);
  const title = l10n.t('{0} against {1}', nameOf(other, heads), nameOf(base, heads));
  return isOneModel(heads) ? `${versionOf(base.ref).name}: ${title}` : title;
}

/** Versions of one model are told apart by their numbers alone; runs of one name by their ids. */
function nameOf(head: CompareHead, heads: readonly CompareHead[]): string {
  if (head.version && isOneModel(heads)) return `v${head.version.version}`;
  const name = fullName(head);
  const twin = heads.some((other) => refKey(other.ref) !== refKey(head.ref) && fullName(other) === name);
  return twin ? `${name} (${head.ref.id.slice(0, 8)})` : name;
}

function fullName({ ref, version, run }: CompareHead): string {
  if (version) return `${version.name} v${version.version}`;
  return run?.runName ?? ref.id;
}

function isOneModel(heads: readonly CompareHead[]): boolean {
  return heads.every(({ version }) => version !== undefined && version.name === heads[0]?.version?.name);
}

customElements.define('rs-compare', ComparePageElement);
