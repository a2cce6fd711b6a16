import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type CompareRow, type CompareValue, type Delta, metricMarks } from '../../domain/compare';
import { type Contract, judgedBy } from '../../domain/contract';
import { absent, decimalsFor, exactNumber, formatFixed, formatFixedDelta, formatPercent } from '../../domain/format';
import type { Noise } from '../../domain/noise';
import { isChance } from '../../domain/verdict';
import { noiseMethod, noiseWord } from './noiseWords';

/** What rows of metrics are shown with. */
export interface MetricContext {
  readonly contract: Contract;
  /** Per item against the first, by metric; empty where repetitions were not found or not looked for yet. */
  readonly noise: readonly ReadonlyMap<string, Noise>[];
  /** Lets the person say which way is better. */
  readonly judge: (metric: string) => void;
}

export function textRow({ key, values }: CompareRow): TemplateResult {
  return html`<tr data-key=${key}>
    <th scope="row" class="key">${key}</th>
    ${values.map((value) => html`<td class="text ${value === null ? 'dimmed' : ''}">${value ?? absent}</td>`)}
  </tr>`;
}

/** Of each item the value; of all but the first also the mark and the change; of two also percent and noise. */
export function metricRow(row: CompareRow, context: MetricContext): TemplateResult {
  const { best, deltas } = metricMarks(row, context.contract);
  const decimals = decimalsFor(row.values.map((value) => (typeof value === 'number' ? value : undefined)));
  const pair = row.values.length === 2;
  return html`<tr data-key=${row.key} tabindex="-1">
    <th scope="row" class="key">${row.key} ${directionButton(row.key, context)}</th>
    ${row.values.map((value, index) => {
      const noise = context.noise[index]?.get(row.key);
      return html`${valueCell(value, index === best, decimals)}${
        index === 0 ? nothing : changeCells(deltas[index], decimals, noise, pair)
      }`;
    })}
  </tr>`;
}

function valueCell(value: CompareValue, isBest: boolean, decimals: number | undefined): TemplateResult {
  if (typeof value !== 'number') return html`<td class="number dimmed">${absent}</td>`;
  const words = formatFixed(value, decimals);
  return html`<td class="number" title=${exactNumber(value)}>
    ${isBest ? html`<b>${words}<span class="visually-hidden"> ${l10n.t('(best)')}</span></b>` : words}
  </td>`;
}

function changeCells(
  delta: Delta | undefined,
  decimals: number | undefined,
  noise: Noise | undefined,
  pair: boolean,
): TemplateResult {
  const more = (body: unknown, title = ''): TemplateResult | typeof nothing =>
    pair ? html`<td class="number dimmed more" title=${title}>${body}</td>` : nothing;
  if (!delta)
    return html`<td class="mark"></td>
      <td class="number delta"></td>
      ${more('')}${more('')}`;
  const chance = delta.delta !== 0 && isChance(noise, delta.delta);
  // Where nothing is known of the spread, one line above the table says so.
  const known = noise && noise.kind !== 'unknown' && delta.delta !== 0;
  const words = known ? noiseWord(noise, delta.delta) : '';
  const method = noise ? noiseMethod(noise) : '';
  return html`<td class="mark">${markOf(chance ? 'within' : delta.verdict)}</td>
    <td class="number delta" title=${exactNumber(delta.delta)}>${formatFixedDelta(delta.delta, decimals)}</td>
    ${more(formatPercent(delta.delta, delta.base))}${more(words, method)}`;
}

/** ▲ says better and ▼ worse, not up or down; ≈ that it is no more than chance. */
export function markOf(judgement: 'better' | 'worse' | 'within' | undefined): TemplateResult | typeof nothing {
  if (judgement === undefined) return nothing;
  if (judgement === 'better') return mark('▲', 'pass', l10n.t('better'));
  if (judgement === 'worse') return mark('▼', 'failed', l10n.t('worse'));
  return mark('≈', 'dimmed', l10n.t('within noise'));
}

function mark(glyph: string, kind: string, words: string): TemplateResult {
  return html`<span class=${kind} aria-hidden="true">${glyph}</span><span class="visually-hidden">${words}</span>`;
}

/** Which way is better, and whether that is only a guess; pressing it lets the person say. */
function directionButton(key: string, { contract, judge }: MetricContext): TemplateResult {
  const judged = judgedBy(contract, key);
  const glyph = judged === undefined ? '?' : judged.direction === 'higher' ? '↑' : '↓';
  const way = judged?.direction === 'higher' ? l10n.t('higher is better') : l10n.t('lower is better');
  const words = judged === undefined ? l10n.t('nobody said which way is better') : way;
  const label = judged?.guessed ? l10n.t('{0}, guessed from the name', way) : words;
  return html`<button
    class="direction dimmed"
    title=${l10n.t('{0}. Change…', label)}
    aria-label=${l10n.t('{0}: {1}. Change…', key, label)}
    @click=${() => judge(key)}
  >
    ${judged?.guessed ? `${glyph}?` : glyph}
  </button>`;
}
