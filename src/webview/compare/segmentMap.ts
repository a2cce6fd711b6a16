import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CompareRow } from '../../domain/compare';
import { decimalsFor, exactNumber, formatDelta, formatFixed } from '../../domain/format';
import { type HeatCell, type HeatMap, heatMapOf, type HeatRow, type SegmentFamily } from '../../domain/segments';
import type { CompareContent } from '../../panels/compare/compare.messages';
import { nameOf } from './compareNames';
import { markOf } from './compareRow';

/** Rows of a family before "Show all". */
const firstRows = 12;

interface Whole {
  readonly showsAll: boolean;
  readonly showAll: () => void;
}

type Judge = (family: Pick<SegmentFamily, 'metric' | 'patterns' | 'from'>) => void;

/** One heat map per family, side by side where there is room. @param judge lets the person say whether it is one */
export function segmentMaps(
  families: readonly SegmentFamily[],
  { heads, rows, contract }: CompareContent,
  wholeOf: (metric: string) => Whole,
  judge: Judge,
): TemplateResult {
  const names = heads.map((head) => nameOf(head, heads));
  const metrics = new Map(rows.filter(({ group }) => group === 'metrics').map((row) => [row.key, row]));
  return html`
    <p class="dimmed">
      ${l10n.t('Darker is worse, in high contrast the worst is framed; ▲ and ▼ against {0}.', names[0] ?? '')}
    </p>
    <div class="families">
      ${families.map((family) =>
        segmentMap(heatMapOf(family, contract), {
          names,
          judge,
          whole: metrics.get(family.metric),
          ...wholeOf(family.metric),
        }),
      )}
    </div>
  `;
}

interface SegmentMapOptions extends Whole {
  readonly names: readonly string[];
  readonly judge: Judge;
  /** The metric of all data, where it is one of the metrics. */
  readonly whole: CompareRow | undefined;
}

/** A heat map segment x item: the number stands in each cell, the shade only repeats it. */
function segmentMap(map: HeatMap, { names, judge, whole, showsAll, showAll }: SegmentMapOptions): TemplateResult {
  const shown = showsAll ? map.rows : map.rows.slice(0, firstRows);
  const values = [...map.rows.flatMap(({ cells }) => cells.map(({ value }) => value)), ...(whole?.values ?? [])];
  const decimals = decimalsFor(values.map((value) => (typeof value === 'number' ? value : undefined)));
  return html`<div class="family">
    <h3>${map.metric} <span class="dimmed">${aboutOf(map)}</span> ${judgeButton(map, judge)}</h3>
    <div class="scroll">
      <table class="numbers heat-map" aria-label=${l10n.t('{0} by segment', map.metric)}>
        <thead>
          <tr>
            <th scope="col" class="key">${l10n.t('Segment')}</th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map((row) => heatRow(row, decimals))}
          ${
            whole
              ? html`<tr class="whole" data-key=${`${map.metric}\n`}>
                  <th scope="row" class="key dimmed">${l10n.t('all data')}</th>
                  ${whole.values.map(
                    (value) =>
                      html`<td class="number dimmed">
                        ${formatFixed(typeof value === 'number' ? value : undefined, decimals)}
                      </td>`,
                  )}
                </tr>`
              : nothing
          }
        </tbody>
      </table>
    </div>
    ${
      shown.length < map.rows.length
        ? html`<button class="link" @click=${showAll}>${l10n.t('Show all {0} segments', map.rows.length)}</button>`
        : nothing
    }
  </div>`;
}

function heatRow({ segment, row, cells }: HeatRow, decimals: number | undefined): TemplateResult {
  return html`<tr data-key=${row.key} tabindex="-1">
    <th scope="row" class="key">${segment}</th>
    ${cells.map((cell) => heatCell(cell, decimals))}
  </tr>`;
}

function heatCell({ value, change, heat }: HeatCell, decimals: number | undefined): TemplateResult {
  const { better } = change ?? {};
  const judgement = better === undefined ? undefined : better ? 'better' : 'worse';
  const title = change ? `${exactNumber(value)} (${formatDelta(change.delta)})` : exactNumber(value);
  return html`<td class="number ${heat === undefined ? '' : `heat heat-${heat}`}" title=${title}>
    <span class="mark">${markOf(judgement)}</span> ${formatFixed(value, decimals)}
  </td>`;
}

function aboutOf({ rows, judged, from }: HeatMap): string {
  const [first] = rows;
  const fell = first?.cells.some(({ change }) => change?.better === false);
  const worst = fell ? l10n.t('worst: {0}', first?.segment ?? '') : undefined;
  const nested = from === 'nested' ? l10n.t('from nested runs') : undefined;
  const unknown = judged ? undefined : l10n.t('nobody said which way is better');
  return [worst, nested, unknown].filter(Boolean).join(' · ');
}

/** Who said that these are segments; pressing it lets the person say otherwise. */
function judgeButton({ metric, patterns, from }: HeatMap, judge: Judge): TemplateResult | typeof nothing {
  if (from === 'nested') return nothing;
  const words =
    from === 'names' ? l10n.t('segments guessed from the names') : l10n.t('segments by {0}', patterns.join(', '));
  return html`<button
    class="direction dimmed"
    title=${l10n.t('{0}. Change…', words)}
    aria-label=${l10n.t('{0}: {1}. Change…', metric, words)}
    @click=${() => judge({ metric, patterns, from })}
  >
    ${from === 'names' ? `${words}?` : words}
  </button>`;
}
