/** Work cut into pieces: it yields where it may pause, with ms that are to pass or a promise that it waits for. */
export type Pieces<T> = Generator<number | Promise<unknown> | undefined, T, undefined>;

/** Half of what architecture.md allows a piece, because one step may overrun it. */
const pieceMs = 25;

/** Runs the work, lets other messages in between the pieces, and rejects as aborted where the signal says so. */
export async function runPieces<T>(work: Pieces<T>, signal?: AbortSignal): Promise<T> {
  let since = performance.now();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const step = work.next();
      if (step.done) return step.value;
      if (step.value === undefined && performance.now() - since < pieceMs) continue;
      await (typeof step.value === 'object' ? step.value : pause(step.value ?? 0));
      since = performance.now();
    }
  } finally {
    // Closes what the work has open where it was not run to its end.
    work.return(undefined as never);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
}
