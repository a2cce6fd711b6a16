import { html, type TemplateResult } from 'lit';
import type { Axis } from '../../domain/reduce';
import type { CompareHead } from '../../panels/compare/compare.messages';
import '../charts/linkedCharts';
import '../charts/metricChart';
import type { ReadLines, Save } from '../shared/host';
import { seriesAmong } from '../shared/seriesColours';
import { seriesClass } from '../shared/theme';
import { nameOf } from './compareNames';

interface ChartScales {
  readonly axis: Axis;
  readonly logScale: boolean;
  readonly version: number;
  readonly read: ReadLines;
  readonly save: Save;
}

/** One chart per metric with a line per item, under one legend. */
export function compareCharts(
  keys: readonly string[],
  heads: readonly CompareHead[],
  { axis, logScale, version, read, save }: ChartScales,
): TemplateResult {
  const names = heads.map((head) => ({ label: nameOf(head, heads), series: seriesAmong(head.series, heads.length) }));
  return html`
    <p class="legend">
      ${names.map(
        ({ label, series }) =>
          html`<span class="head"><span class="swatch ${seriesClass(series)}"></span>${label}</span>`,
      )}
    </p>
    <rs-linked-charts class="charts">
      ${keys.map(
        (key) =>
          html`<rs-metric-chart
            .metric=${key}
            .names=${names}
            .axis=${axis}
            .logScale=${logScale}
            .version=${version}
            .read=${read}
            .save=${save}
          ></rs-metric-chart>`,
      )}
    </rs-linked-charts>
  `;
}
