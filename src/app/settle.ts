import { isCancelled } from '../domain/errors';

export interface Failure<T> {
  readonly item: T;
  readonly error: unknown;
}

/** What became of many items that each succeed or fail on their own. */
export interface Settled<T, R> {
  readonly done: readonly R[];
  readonly failed: readonly Failure<T>[];
  /** Items that a cancel left undone. */
  readonly left: number;
}

/** A server answers them together, a local store one after the other. */
const usualLanes = 4;

/**
 * Works on every item, `lanes` of them at once; a failure stops no other, an abort begins nothing more. Never rejects.
 */
export async function settleAll<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  signal?: AbortSignal,
  lanes = usualLanes,
): Promise<Settled<T, R>> {
  const done: R[] = [];
  const failed: Failure<T>[] = [];
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) {
      if (signal?.aborted) return;
      try {
        done.push(await work(item));
      } catch (error) {
        if (!isCancelled(error)) failed.push({ item, error });
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { done, failed, left: items.length - done.length - failed.length };
}
