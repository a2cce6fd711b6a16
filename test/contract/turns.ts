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
