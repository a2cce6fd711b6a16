import * as l10n from '@vscode/l10n';
import type { CompareRow } from '../../domain/compare';
import { type Contract, judgedBy } from '../../domain/contract';
import type { Noise } from '../../domain/noise';
import { rankingOf } from '../../domain/ranking';
import { noiseBetween } from '../../domain/repetitions';
import { allFamilies, nestedFamilies, type SegmentFamily } from '../../domain/segments';
import { type Verdict, verdictOf } from '../../domain/verdict';
import type { CompareContent, CompareEvidence } from '../../panels/compare/compare.messages';
import { nameOf } from './compareNames';
import { repetitionWords } from './noiseWords';
import { rankingWords } from './rankingWords';
import { type VerdictPart, verdictWords } from './verdictWords';

/** What a comparison says beyond its numbers. */
export interface Findings {
  /** The sentence on top. */
  readonly sentence: readonly VerdictPart[];
  /** Of two items. */
  readonly counts: Verdict['counts'] | undefined;
  /** Per item against the first. */
  readonly noise: readonly ReadonlyMap<string, Noise>[];
  readonly families: readonly SegmentFamily[];
  /** Where the spread comes from, a line for each pair that the sentence is about. */
  readonly spread: readonly string[];
}

export function findingsOf(content: CompareContent, evidence: CompareEvidence | undefined): Findings {
  const { heads, rows, contract } = content;
  const repetitions = evidence?.repetitions ?? [];
  const nested = nestedFamilies(evidence?.nested ?? []);
  const noiseOf = (base: number, other: number): ReadonlyMap<string, Noise> => {
    const [a, b] = [repetitions[base], repetitions[other]];
    return a && b ? noiseBetween(a, b) : new Map<string, Noise>();
  };
  const spreadOf = (base: number, other: number): string[] => {
    const [a, b] = [repetitions[base], repetitions[other]];
    return a && b ? [repetitionWords([a, b])] : [];
  };
  const names = heads.map((head) => nameOf(head, heads));
  const noise = heads.map((_, i) => (i === 0 ? new Map<string, Noise>() : noiseOf(0, i)));
  const families = allFamilies(rows, nested, contract);
  const base = { noise, families };
  const there = heads.filter(({ gone }) => gone === undefined).length;
  if (there < 2) return { ...base, sentence: [], counts: undefined, spread: [] };
  if (heads.length === 2) {
    const verdict = verdictOf(rows, contract, noise[1], nested);
    const said = verdictWords(verdict, names[1] ?? '');
    const sentence = said.length > 0 ? said : noVerdict(rows, contract);
    return { ...base, sentence, counts: verdict.counts, spread: spreadOf(0, 1) };
  }
  const ranking = rankingOf(rows, contract, noiseOf, nested);
  if (!ranking) return { ...base, sentence: noVerdict(rows, contract), counts: undefined, spread: [] };
  const others = new Set([...(ranking.baseline ? [0] : []), ranking.next.over]);
  const spread = [...others].flatMap((other) =>
    spreadOf(other, ranking.best).map((words) =>
      l10n.t('{0} and {1}: {2}', names[other] ?? '', names[ranking.best] ?? '', words),
    ),
  );
  return { ...base, sentence: rankingWords(ranking, names), counts: undefined, spread };
}

/** Why nothing is said of which is better, and what would change that. */
function noVerdict(rows: readonly CompareRow[], contract: Contract): VerdictPart[] {
  const metrics = rows.filter(({ group }) => group === 'metrics');
  if (metrics.length === 0) return [];
  const numbers = ({ values }: CompareRow): number[] => values.filter((value) => typeof value === 'number');
  const shared = metrics.filter((row) => numbers(row).length > 1);
  if (shared.length === 0) return [{ text: l10n.t('They have no metric in common.') }];
  const finite = shared.filter((row) => numbers(row).filter(Number.isFinite).length > 1);
  if (finite.length === 0) return [{ text: l10n.t('No metric that they share has a finite value in two of them.') }];
  if (finite.some(({ key }) => judgedBy(contract, key))) return [];
  return [
    { text: l10n.t('Nobody said which way is better of a metric that they share: press the ? beside one to say it.') },
  ];
}
