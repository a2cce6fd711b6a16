import { cancelled } from './httpErrors';
import type { BodyWatch } from './httpStream';

/** Ends an exchange when the caller cancels or when nothing moved for `ms`. */
export class Watch implements BodyWatch {
  readonly ended: Promise<never>;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;
  private readonly end = (): void => this.controller.abort();

  constructor(
    readonly ms: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.timer = setTimeout(this.end, ms);
    this.ended = new Promise((_, reject) => {
      this.signal.addEventListener('abort', () => reject(cancelled()), { once: true });
    });
    this.ended.catch(() => undefined);
    if (caller?.aborted) this.end();
    else caller?.addEventListener('abort', this.end, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get isCancelled(): boolean {
    return this.caller?.aborted === true;
  }

  progress(): void {
    this.timer.refresh();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.end);
  }
}

/** Rejects as cancelled when the caller cancels. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
