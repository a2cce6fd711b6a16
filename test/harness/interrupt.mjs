// @ts-check
import { setMaxListeners } from 'node:events';

/**
 * A signal that fires when the person wants to end: Ctrl-C, a closed terminal, `kill`, or npm gone without a word.
 * The default of Node would end this process at once and leave what it started.
 * @returns {AbortSignal}
 */
export function interruption() {
  const controller = new AbortController();
  // Every suite waits for it.
  setMaxListeners(0, controller.signal);
  const abort = () => controller.abort();
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, abort);
  if (process.env['npm_lifecycle_event'] !== undefined) watchParent(abort);
  return controller.signal;
}

/** @param {() => void} abort */
function watchParent(abort) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    abort();
  }, 500);
  timer.unref();
}
