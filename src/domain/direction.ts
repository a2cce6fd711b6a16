export type Direction = 'higher' | 'lower';

/** Words of well-known metric names. A word counts where the name, cut at separators and capitals, holds it. */
const lowerWords = new Set(
  'loss error err mse rmse mae mape msle rmsle mdae perplexity ppl divergence kl wer cer brier latency duration logloss crossentropy nll deviance regret fid violations'.split(
    ' ',
  ),
);
const higherWords = new Set(
  'accuracy acc auc auroc auprc roc pr precision recall f1 fbeta f2 r2 iou miou dice jaccard sensitivity specificity map ndcg mrr bleu rouge meteor mcc kappa hit hits correctness throughput score reward psnr ssim silhouette'.split(
    ' ',
  ),
);

/**
 * Which way is better, guessed from a well-known name: `val/log_loss` is lower, `recall/malignant` higher. Unknown names
 * give nothing, and so do names that speak both ways (`error_recall`), so that no face marks a best value on a guess.
 */
export function directionOf(key: string): Direction | undefined {
  if (key.startsWith('system/')) return undefined;
  const words = wordsOf(key);
  const lower = words.some((word) => lowerWords.has(word));
  const higher = words.some((word) => higherWords.has(word));
  if (lower === higher) return undefined;
  return lower ? 'lower' : 'higher';
}

/** `train_loss`, `loss/training` and `lossTrain` tell of the data trained on. */
export function isOfTraining(key: string): boolean {
  return wordsOf(key).some((word) => word === 'train' || word === 'training');
}

function wordsOf(key: string): string[] {
  const parts = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return [...parts, ...pairsOf(parts)];
}

/** `log_loss` and `cross_entropy` are known as one word. */
function pairsOf(parts: readonly string[]): string[] {
  return parts.slice(1).map((part, i) => `${parts[i] ?? ''}${part}`);
}

/** True where `value` is better than `base` in this direction; never for NaN. */
export function isBetter(value: number, base: number, direction: Direction): boolean {
  return direction === 'higher' ? value > base : value < base;
}

/** Index of the best value; undefined where nothing is known, nothing compares, or all are equal. */
export function bestIndex(
  values: readonly (number | undefined)[],
  direction: Direction | undefined,
): number | undefined {
  if (!direction) return undefined;
  const known = values.filter((value): value is number => value !== undefined && !Number.isNaN(value));
  if (known.length < 2 || known.every((value) => value === known[0])) return undefined;
  const best = direction === 'higher' ? Math.max(...known) : Math.min(...known);
  return values.indexOf(best);
}
