import * as l10n from '@vscode/l10n';
import { type WorkCount, workDone } from '../domain/workCount';

/** ms between two words on how far it is. */
const countEvery = 200;
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

/** Work that tells how far it is until it ends. */
export async function counted<T>(
  work: Promise<T>,
  count: WorkCount,
  report: (step: string) => void,
  everyMs = countEvery,
): Promise<T> {
  const timer = setInterval(() => {
    const far = workDone(count);
    if (far) report(l10n.t('{0} of {1} runs', far.done, far.all));
  }, everyMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
