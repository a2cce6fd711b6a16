import type { Disposable } from '../../../src/domain/ports';

interface Timer {
  readonly due: number;
  readonly act: () => void;
}

/** A clock that moves when it is told to. */
export class ManualClock {
  private time = 0;
  private timers: Timer[] = [];

  readonly now = (): number => this.time;

  readonly after = (ms: number, act: () => void): Disposable => {
    const timer = { due: this.time + Math.max(0, ms), act };
    this.timers.push(timer);
    return { dispose: () => (this.timers = this.timers.filter((other) => other !== timer)) };
  };

  /** Lets so many ms pass; what a timer begins comes as far as it can without another. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settled();
      const [next] = this.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.due);
      next.act();
    }
    this.time = end;
  }

  get isIdle(): boolean {
    return this.timers.length === 0;
  }
}

/** Everything that promises alone bring about has happened. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
