/** ms that a person waits without asking what goes on. */
const patience = 500;

/** Work as it is where it is quick, else under what `show` makes of it. */
export async function lastingWork<T>(
  work: Promise<T>,
  show: (work: Promise<T>) => Promise<T>,
  waitMs = patience,
): Promise<T> {
  const ended = work.then(
    () => false,
    () => false,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lasts = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), waitMs);
  });
  const isLong = await Promise.race([ended, lasts]);
  clearTimeout(timer);
  return isLong ? show(work) : work;
}
