import * as l10n from '@vscode/l10n';
import { type CompareRow, metricMarks } from '../../domain/compare';
import { type Contract, judgedBy } from '../../domain/contract';
import { absent, exactNumber, formatDelta, formatPercent } from '../../domain/format';
import type { Noise } from '../../domain/noise';
import { heatMapOf, type HeatMap, type SegmentFamily } from '../../domain/segments';
import type { CompareContent } from '../../panels/compare/compare.messages';
import { isChance } from '../../domain/verdict';
import { nameOf, titleOf } from './compareNames';
import { sectionsOf } from './compareSections';
import { noiseMethod, noiseWord } from './noiseWords';
import { textOf, type VerdictPart } from './verdictWords';

interface ReportInput {
  readonly content: CompareContent;
  /** All rows, those that were read beside the content too. */
  readonly rows: readonly CompareRow[];
  readonly verdict: readonly VerdictPart[];
  /** What was found about noise, a line each. */
  readonly notes: readonly string[];
  readonly noise: readonly ReadonlyMap<string, Noise>[];
  readonly families: readonly SegmentFamily[];
}

/** The comparison as Markdown: what differs, with every digit; nothing of it can become markup. */
export function compareReport({ content, rows, verdict, notes, noise, families }: ReportInput): string {
  const { heads, contract } = content;
  const names = heads.map((head) => nameOf(head, heads));
  const differing = sectionsOf(rows).map(({ title, rows: all, id }) => ({
    title,
    id,
    all,
    rows: all.filter(({ differs }) => differs),
  }));
  const blocks = [
    `# ${escaped(titleOf(heads))}`,
    escaped(textOf(verdict)),
    ...notes.map(escaped),
    ...differing.flatMap(({ title, id, all, rows: shown }) => [
      ...(shown.length > 0
        ? [heading(title, shown.length, all.length), tableOf(id, shown, names, contract, noise)]
        : []),
      ...(id === 'metrics' ? families.map((family) => segmentsOf(heatMapOf(family, contract), names)) : []),
    ]),
    heads
      .map(({ ref }, index) => `- ${escaped(`${names[index] ?? ''}: ${ref.registry} ${ref.kind} ${ref.id}`)}`)
      .join('\n'),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function heading(title: string, differing: number, all: number): string {
  return `## ${title} (${l10n.t('{0} of {1} differ', differing, all)})`;
}

function tableOf(
  id: string,
  rows: readonly CompareRow[],
  names: readonly string[],
  contract: Contract,
  noise: readonly ReadonlyMap<string, Noise>[],
): string {
  if (id !== 'metrics') {
    return markdownTable(
      ['', ...names],
      rows.map(({ key, values }) => [key, ...values.map((value) => String(value ?? absent))]),
    );
  }
  const [, ...others] = names;
  return markdownTable(
    [l10n.t('Metric'), ...names, ...others.map((name) => l10n.t('Change of {0}', name))],
    rows.map((row) => [
      nameWithDirection(row.key, contract),
      ...row.values.map((value) => (typeof value === 'number' ? exactNumber(value) : absent)),
      ...changesOf(row, contract, noise),
    ]),
  );
}

function nameWithDirection(key: string, contract: Contract): string {
  const judged = judgedBy(contract, key);
  if (!judged) return key;
  return `${key} ${judged.direction === 'higher' ? '↑' : '↓'}${judged.guessed ? ` (${l10n.t('guessed')})` : ''}`;
}

function changesOf(row: CompareRow, contract: Contract, noise: readonly ReadonlyMap<string, Noise>[]): string[] {
  const { deltas } = metricMarks(row, contract);
  return deltas.slice(1).map((change, index) => {
    if (!change) return absent;
    const chance = noise[index + 1]?.get(row.key);
    const within = change.delta !== 0 && isChance(chance, change.delta);
    const mark = within ? '≈' : change.verdict === undefined ? '' : change.verdict === 'better' ? '▲' : '▼';
    const percent = formatPercent(change.delta, change.base);
    const words = chance && change.delta !== 0 ? `${noiseWord(chance, change.delta)}: ${noiseMethod(chance)}` : '';
    return [mark, formatDelta(change.delta), percent && `(${percent})`, words].filter(Boolean).join(' ');
  });
}

function segmentsOf({ metric, rows }: HeatMap, names: readonly string[]): string {
  const cell = ({ value, change }: HeatMap['rows'][number]['cells'][number]): string => {
    const mark = change?.better === undefined ? '' : change.better ? ' ▲' : ' ▼';
    return `${exactNumber(value)}${mark}`;
  };
  const table = markdownTable(
    [l10n.t('Segment'), ...names],
    rows.map(({ segment, cells }) => [segment, ...cells.map(cell)]),
  );
  return `### ${escaped(l10n.t('{0} by segment', metric))}\n\n${table}`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** Names are what scripts wrote: no markup, no HTML, one line. */
function escaped(text: string): string {
  return text.replace(/\s*\r?\n\s*/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
