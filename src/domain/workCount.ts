/**
 * How far work is that changes many things in one call and cannot be stopped halfway: `[done, all]`, in memory that the
 * thread that works shares with the one that asks.
 */
export type WorkCount = Int32Array<SharedArrayBuffer>;

export function newWorkCount(): WorkCount {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** Work that is about to begin adds what it will do. */
export function addWork(count: WorkCount | undefined, things: number): void {
  if (count) Atomics.add(count, 1, things);
}

export function countDone(count: WorkCount | undefined): void {
  if (count) Atomics.add(count, 0, 1);
}

/** Nothing where it is not known how much there is. */
export function workDone(count: WorkCount): { readonly done: number; readonly all: number } | undefined {
  const all = Atomics.load(count, 1);
  return all > 0 ? { done: Atomics.load(count, 0), all } : undefined;
}
