import type { Pieces } from './pieces';

/** Work behind what is asked for: one after another, in short pieces, and none while somebody asks. */
export class Background {
  private calls = 0;
  private lastCall = 0;
  private last: Promise<void> = Promise.resolve();
  private isEnded = false;
  private wake: (() => void) | undefined;

  /** @param quietMs so long after the last call a page draws what it was given, and asks for more */
  constructor(private readonly quietMs: number) {}

  /** Holds the work up until the call is done. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    this.calls++;
    try {
      return await call();
    } finally {
      this.lastCall = performance.now();
      if (--this.calls === 0) this.wake?.();
    }
  }

  /** Does the work when its turn comes. A failure ends it: nobody asked for it. */
  add(work: () => Pieces<void>): void {
    this.last = this.last.then(() => this.run(work())).catch(() => undefined);
  }

  end(): void {
    this.isEnded = true;
  }

  private async run(work: Pieces<void>): Promise<void> {
    let since = -Infinity;
    while (!this.isEnded && !work.next().done) {
      if (this.calls === 0 && performance.now() - since < pieceMs) continue;
      await this.pause();
      since = performance.now();
    }
  }

  private async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      const quiet = performance.now() - this.lastCall;
      if (this.calls > 0) await new Promise<void>((resolve) => (this.wake = resolve));
      else if (quiet < this.quietMs) await new Promise((resolve) => setTimeout(resolve, this.quietMs - quiet).unref());
      else return;
    }
  }
}

/** Short, because a call that comes meanwhile waits for the end of it. */
const pieceMs = 5;
