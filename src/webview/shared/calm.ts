import type { Disposable } from '../../domain/ports';

/** Does at once what is asked alone; of what is asked in a burst, as by a drag, the last once in `ms`. */
export class Calm {
  private timer: Disposable | undefined;
  private owed = false;

  constructor(
    private readonly act: () => void,
    private readonly ms: number,
    private readonly after: (ms: number, act: () => void) => Disposable = timeout,
  ) {}

  ask(): void {
    this.owed = true;
    if (!this.timer) this.settle();
  }

  /** What is owed is done now: the page may be gone before it rests. */
  flush(): void {
    if (!this.owed) return;
    this.owed = false;
    this.act();
  }

  private settle(): void {
    this.timer = undefined;
    if (!this.owed) return;
    this.flush();
    this.timer = this.after(this.ms, () => this.settle());
  }
}

function timeout(ms: number, act: () => void): Disposable {
  const timer = setTimeout(act, ms);
  return { dispose: () => clearTimeout(timer) };
}
