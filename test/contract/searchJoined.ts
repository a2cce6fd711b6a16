import fc from 'fast-check';
import { equals, joined, oneOf, signs } from './searchWords';

/** Comparisons that MLflow takes, joined by what it lacks. */
export type Joined = string | { readonly operator: 'OR' | 'AND' | 'NOT'; readonly parts: readonly Joined[] };

const leaf = fc.oneof(
  joined(oneOf('metrics.auc', 'metrics.`val/loss`', 'metrics.`1st`', 'metrics.gone'), signs, oneOf('0', '0.5', '1')),
  joined(oneOf('params.model', 'params.depth', 'params.gone'), equals, oneOf("'cnn'", "'1'", "'3'")),
  joined(oneOf('tags.team', 'tags.gone'), oneOf(' LIKE '), oneOf("'%e%'", "'r%'")),
  joined(oneOf('status'), equals, oneOf("'FINISHED'", "'FAILED'")),
  joined(oneOf('datasets.name'), equals, oneOf("'bees 0'", "'wasps'")),
);

/** Trees of comparisons, always the same for a seed. */
export function joinedFilters(seed: number, count: number): readonly Joined[] {
  const { tree } = fc.letrec<{ tree: Joined }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({
        operator: oneOf<'OR' | 'AND'>('OR', 'AND'),
        parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ operator: oneOf<'NOT'>('NOT'), parts: fc.array(tie('tree'), { minLength: 1, maxLength: 1 }) }),
    ),
  }));
  return fc.sample(tree, { seed, numRuns: count }).filter((one) => typeof one !== 'string');
}

export function leavesOf(tree: Joined): readonly string[] {
  return typeof tree === 'string' ? [tree] : tree.parts.flatMap(leavesOf);
}

export function holds(tree: Joined, holdsLeaf: (leaf: string) => boolean): boolean {
  if (typeof tree === 'string') return holdsLeaf(tree);
  const parts = tree.parts.map((part) => holds(part, holdsLeaf));
  if (tree.operator === 'OR') return parts.includes(true);
  return parts.includes(false) === (tree.operator === 'NOT');
}

/** The tree as a filter. */
export function written(tree: Joined): string {
  if (typeof tree === 'string') return tree;
  const parts = tree.parts.map((part) => (typeof part === 'string' ? part : `(${written(part)})`));
  return tree.operator === 'NOT' ? `NOT ${parts.join('')}` : parts.join(` ${tree.operator} `);
}
