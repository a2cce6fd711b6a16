import * as l10n from '@vscode/l10n';
import { css, html, type TemplateResult } from 'lit';
import { bestIndex, type Direction } from '../../domain/direction';
import { absent, formatNumber } from '../../domain/format';
import type { VersionMark, VersionMetric } from '../../domain/versionPage';
import { ChartFrame } from '../charts/chartFrame';
import type { Save } from '../shared/host';
import './timelinePlot';
import { nameOf } from './timelinePlot';

/** One metric over all versions of a model: a chart as all are, of what the page has read already. */
class VersionTimeline extends ChartFrame {
  static override readonly properties = {
    ...ChartFrame.properties,
    marks: { attribute: false },
    metric: { attribute: false },
    current: { attribute: false },
    direction: { attribute: false },
    save: { attribute: false },
  };
  static override readonly styles = [
    ...ChartFrame.styles,
    css`
      :host {
        --rs-chart-height: 150px;
      }
    `,
  ];
  declare marks: readonly VersionMark[];
  declare metric: VersionMetric;
  /** The version whose page it is. */
  declare current: string;
  declare direction: Direction | undefined;
  declare save: Save;

  protected override get caption(): string {
    return this.metric.key;
  }

  protected override readDrawn(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  protected override renderPlot(): TemplateResult {
    return html`<rs-timeline-plot
      class="plot"
      .marks=${this.marks}
      .metric=${this.metric}
      .current=${this.current}
    ></rs-timeline-plot>`;
  }

  /** "v4: 0.9940 · best: v3 @champion 0.9952 · 1 of 5 versions has no finite value" */
  protected override footWords(): string {
    const { marks, metric, current } = this;
    const values = marks.map((_, place) => metric.values[place] ?? undefined);
    const own = marks.findIndex(({ version }) => version === current);
    const best = bestIndex(values, this.direction);
    const wordsOf = (place: number): string => {
      const mark = marks[place];
      const value = values[place];
      return mark ? `${nameOf(mark)}: ${value === undefined ? absent : formatNumber(value)}` : '';
    };
    const lost = values.filter((value) => !Number.isFinite(value)).length;
    return [
      wordsOf(own) + (own >= 0 && own === best ? ` ${l10n.t('(best)')}` : ''),
      best === undefined || own === best ? '' : l10n.t('best: {0}', wordsOf(best)),
      lost > 0 ? l10n.t('without a finite value: {0} of {1} versions', lost, marks.length) : '',
    ]
      .filter((words) => words !== '')
      .join(' · ');
  }
}

customElements.define('rs-version-timeline', VersionTimeline);
