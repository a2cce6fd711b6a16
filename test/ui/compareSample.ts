import { compareItems } from '../../src/domain/compare';
import { noContract } from '../../src/domain/contract';

export type Values = Readonly<Record<string, number>>;

export function item(metrics: Values, params: Readonly<Record<string, string>> = {}) {
  return {
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, timestamp: 0 })),
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    tags: [],
  };
}

/** What a host answers of these runs. */
export function answersOf(items: readonly ReturnType<typeof item>[], evidence?: object, names: readonly string[] = []) {
  const heads = items.map((_, series) => ({
    ref: { kind: 'run', registry: 'local', id: names[series] ?? `run-${series}` },
    series,
  }));
  const content = { heads, rows: compareItems(items), contract: noContract, charted: [], bundle: {} };
  return { content, ...(evidence && { evidence }) };
}
