import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { bestIndex, type Direction } from '../../domain/direction';
import { absent, exactNumber, formatNumber } from '../../domain/format';
import type { VersionMark, VersionMetric } from '../../domain/versionPage';
import { tellSize } from '../shared/observed';
import { baseStyles } from '../shared/styles';
import { type Box, labelEvery, type TimelinePoint, timelinePoints } from './timelineScale';

const [height, margin] = [120, 28];

/** One metric over all versions of a model, with the aliases where they stand. Arrow keys go along, Enter opens. */
class VersionTimeline extends LitElement {
  static override readonly properties = {
    marks: { attribute: false },
    metric: { attribute: false },
    current: { attribute: false },
    direction: { attribute: false },
    asTable: { type: Boolean },
    width: { state: true },
    cursor: { state: true },
  };
  declare marks: readonly VersionMark[];
  declare metric: VersionMetric;
  /** The version whose page it is. */
  declare current: string;
  declare direction: Direction | undefined;
  declare asTable: boolean;
  declare private width: number;
  declare private cursor: number | undefined;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        width: 100%;
        overflow: visible;
      }
      .line {
        fill: none;
        stroke: currentColor;
        stroke-width: 1;
        opacity: 0.6;
      }
      :host-context(.vscode-high-contrast) .line,
      :host-context(.vscode-high-contrast-light) .line {
        opacity: 1;
      }
      circle {
        fill: var(--vscode-editor-background);
        stroke: currentColor;
        stroke-width: 1.5;
        cursor: pointer;
      }
      .current {
        fill: currentColor;
      }
      .cursor {
        stroke: var(--vscode-focusBorder);
        stroke-width: 3;
      }
      text {
        fill: var(--vscode-descriptionForeground);
        font-size: 11px;
        text-anchor: middle;
      }
      .alias,
      .own {
        fill: var(--vscode-foreground);
      }
      .own {
        font-weight: 600;
      }
      p {
        min-height: 1.4em;
      }
      table {
        max-width: 560px;
      }
      .best {
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.width = 0;
    tellSize(this, (width) => (this.width = width));
  }

  protected override render(): TemplateResult {
    const box: Box = { width: this.width, height, margin };
    const points = timelinePoints(this.marks, this.metric, box);
    const best = bestIndex(
      points.map(({ value }) => value),
      this.direction,
    );
    return this.asTable ? this.renderTable(points, best) : this.renderChart(points, best);
  }

  private renderChart(points: readonly TimelinePoint[], best: number | undefined): TemplateResult {
    const placed = points.flatMap(({ place }) => (place ? [`${place.x},${place.y}`] : []));
    const every = labelEvery(points.length, this.width);
    const named = points[this.cursor ?? -1] ?? points.find(({ version }) => version === this.current);
    return html`
      <svg
        height=${height}
        tabindex="0"
        role="img"
        aria-label=${l10n.t('{0} over {1} versions', this.metric.key, points.length)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, points)}
        @blur=${() => (this.cursor = undefined)}
      >
        ${svg`<polyline class="line series-0" points=${placed.join(' ')}></polyline>`}
        ${points.map((point) => this.renderPoint(point, point.index % every === 0))}
      </svg>
      <p role="status">${named ? this.words(named, named.index === best) : nothing}</p>
    `;
  }

  private renderPoint(point: TimelinePoint, labelled: boolean): SVGTemplateResult | typeof nothing {
    const { version, aliases, place, index } = point;
    if (!place) return nothing;
    const { x, y } = place;
    const own = version === this.current;
    const kind = `series-0 ${own ? 'current' : ''} ${index === this.cursor ? 'cursor' : ''}`;
    const marks = aliases.map((alias) => `@${alias}`).join(' ');
    return svg`
      <circle class=${kind} cx=${x} cy=${y} r=${own ? 6 : 4} @click=${() => this.open(version)}>
        <title>${this.words(point, false)}</title>
      </circle>
      ${marks ? svg`<text class="alias" x=${x} y=${y - 10}>${marks}</text>` : nothing}
      ${labelled || own || marks ? svg`<text class=${own ? 'own' : ''} x=${x} y=${height - 4}>v${version}</text>` : nothing}
    `;
  }

  private renderTable(points: readonly TimelinePoint[], best: number | undefined): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Version')}</th>
          <th scope="col">${l10n.t('Aliases')}</th>
          <th scope="col" class="number">${this.metric.key}</th>
        </tr>
      </thead>
      <tbody>
        ${[...points].reverse().map(
          ({ version, aliases, value, index }) =>
            html`<tr>
              <td><button class="link" @click=${() => this.open(version)}>v${version}</button></td>
              <td>${aliases.map((alias) => html`<span class="badge">@${alias}</span> `)}</td>
              <td class="number ${index === best ? 'best' : ''}" title=${exactNumber(value)}>
                ${formatNumber(value)}${index === best ? ` ${l10n.t('(best)')}` : ''}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** "v3 @champion: 0.9885 (best)" */
  private words({ version, aliases, value }: TimelinePoint, isBest: boolean): string {
    const name = [`v${version}`, ...aliases.map((alias) => `@${alias}`)].join(' ');
    const text = value === undefined ? absent : formatNumber(value);
    return `${name}: ${this.metric.key} ${text}${isBest ? ` ${l10n.t('(best)')}` : ''}`;
  }

  private onKey(event: KeyboardEvent, points: readonly TimelinePoint[]): void {
    const at = this.cursor ?? points.findIndex(({ version }) => version === this.current);
    const last = points.length - 1;
    const moves: Readonly<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
    const to = moves[event.key];
    const chosen = points[at];
    if (event.key === 'Enter' && chosen) this.open(chosen.version);
    else if (to !== undefined) this.cursor = Math.max(0, Math.min(last, to));
    else return;
    event.preventDefault();
  }

  private open(version: string): void {
    this.dispatchEvent(new CustomEvent('open', { detail: version }));
  }
}

customElements.define('rs-version-timeline', VersionTimeline);
