import { type Direction, directionOf, isOfTraining } from './direction';

/** What a team agreed on, from `ringside.yaml`. Patterns are names in which `*` stands for any text. */
export interface Contract {
  readonly metrics: readonly MetricRule[];
  /** Families of metrics of which each is about one part of the data: `recall/*`. Guessed while nobody named any; an empty list says that there are none. */
  readonly segments?: readonly string[];
  /** Params that only repeat a run: it differs by chance alone. */
  readonly seeds: readonly string[];
}

export interface MetricRule {
  readonly pattern: string;
  readonly direction?: Direction;
  readonly primary?: boolean;
}

export const noContract: Contract = { metrics: [], seeds: [] };

/** What is better of a metric, and whether somebody said so or the name was guessed from. */
export interface Judged {
  readonly direction: Direction;
  readonly guessed: boolean;
}

/** Of several rules the exact name counts, then the longest pattern. */
export function ruleOf({ metrics }: Contract, key: string): MetricRule | undefined {
  const fitting = metrics.filter(({ pattern }) => matchesPattern(pattern, key));
  const exact = fitting.find(({ pattern }) => pattern === key);
  return exact ?? fitting.sort((a, b) => b.pattern.length - a.pattern.length)[0];
}

export function judgedBy(contract: Contract, key: string): Judged | undefined {
  const said = ruleOf(contract, key)?.direction;
  if (said) return { direction: said, guessed: false };
  const guess = directionOf(key);
  return guess && { direction: guess, guessed: true };
}

/**
 * The contract's primary metric among these, else the first whose direction is known: of a plain name, then `val/auc`,
 * and only then one of the data trained on, by which nobody chooses a model.
 */
export function primaryOf(contract: Contract, keys: readonly string[]): string | undefined {
  const said = keys.find((key) => ruleOf(contract, key)?.primary);
  const known = keys.filter((key) => judgedBy(contract, key) !== undefined && guessedSegment(key) === undefined);
  const held = known.filter((key) => !isOfTraining(key));
  return said ?? held.find((key) => !/[/.:]/.test(key)) ?? held[0] ?? known[0];
}

/** What one decides by stands where it is seen at once: all that the contract calls primary, else what {@link primaryOf} guesses. */
export function primaryFirst(contract: Contract, keys: readonly string[]): readonly string[] {
  const guess = primaryOf(contract, keys);
  const isPrimary = (key: string): boolean => key === guess || (ruleOf(contract, key)?.primary ?? false);
  return [...keys.filter(isPrimary), ...keys.filter((key) => !isPrimary(key))];
}

/**
 * `recall/malignant` looks like a metric of a part of the data; `val/auc` does not: what is measured stands last there,
 * and it is of all data.
 */
export function guessedSegment(key: string): { readonly metric: string; readonly segment: string } | undefined {
  const [, metric, segment] = /^(.+)[/.:](.+)$/s.exec(key) ?? [];
  if (metric === undefined || segment === undefined) return undefined;
  return directionOf(metric) !== undefined && directionOf(segment) === undefined ? { metric, segment } : undefined;
}

/** Whether the whole name fits; no regular expression, which hostile patterns could make slow. */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return name === pattern;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
