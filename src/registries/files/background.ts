import type { Pieces } from './pieces';

/** Work behind what is asked for: in short pieces, and none while somebody asks. */
export class Background {
  private readonly works: Pieces<void>[] = [];
  private calls = 0;
  private lastCall = 0;
  private isRunning = false;
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

  /** Before all other work, what is begun too: a person sees what was asked for last. A failure ends it: nobody asked for it. */
  addFirst(work: Pieces<void>): void {
    this.works.unshift(work);
    void this.run();
  }

  /** When nothing else is left to do. */
  addLast(work: Pieces<void>): void {
    this.works.push(work);
    void this.run();
  }

  end(): void {
    this.isEnded = true;
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    // After what follows an answer is added, and its first piece at once: a stamp that is asked for next shall know of it.
    await Promise.resolve();
    let since = -Infinity;
    while (this.works.length > 0 && !this.isEnded) {
      this.step();
      if (this.calls === 0 && performance.now() - since < pieceMs) continue;
      await this.pause();
      since = performance.now();
    }
    this.isRunning = false;
  }

  private step(): void {
    const [work] = this.works;
    if (work && isDone(work)) this.works.splice(this.works.indexOf(work), 1);
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

/** After its next piece. */
function isDone(work: Pieces<void>): boolean {
  try {
    return work.next().done === true;
  } catch {
    return true;
  }
}

/** Short, because a call that comes meanwhile waits for the end of it. */
const pieceMs = 5;
