/** How often other work had its turn until this settled. */
export async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const done = (): void => void (isDone = true);
  const next = (): void => {
    turns += 1;
    if (!isDone) setImmediate(next);
  };
  setImmediate(next);
  await work.then(done, done);
  return turns;
}

/** Until this thread stands still for so many ms, as it does while SQLite waits on it for a lock. */
export async function stoodStill(ms: number): Promise<void> {
  for (let before = performance.now(); ;) {
    await new Promise(setImmediate);
    const now = performance.now();
    if (now - before >= ms) return;
    before = now;
  }
}
