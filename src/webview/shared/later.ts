/**
 * Keeps the last answer until one of its inputs is another, and meanwhile where the next one takes a while. An answer to
 * what is no longer asked is dropped, so that a late one never replaces a newer one.
 */
export class Later<T> {
  private basis: readonly unknown[] = [];
  private inputs: readonly unknown[] | undefined;
  private value: T | undefined;
  isPending = false;
  /** Whether the value is what was asked for last. */
  isCurrent = false;
  private settling: Promise<void> = Promise.resolve();

  constructor(
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** @param basis of what the last answer is: with another one it means nothing */
  get(basis: readonly unknown[], inputs: readonly unknown[], compute: () => T | Promise<T>): T | undefined {
    const isSameBasis = isSame(this.basis, basis);
    if (isSameBasis && this.inputs && isSame(this.inputs, inputs)) return this.value;
    if (!isSameBasis) this.value = undefined;
    [this.basis, this.inputs] = [basis, inputs];
    const answer = compute();
    if (answer instanceof Promise) this.settling = this.settle(answer, inputs);
    else this.set(basis, inputs, answer);
    return this.value;
  }

  /** Gives what was worked out elsewhere. */
  set(basis: readonly unknown[], inputs: readonly unknown[], value: T): void {
    [this.basis, this.inputs, this.value] = [basis, inputs, value];
    [this.isPending, this.isCurrent] = [false, true];
  }

  /** When nothing is being worked out any more, whether it came or failed. */
  async settled(): Promise<void> {
    while (this.isPending) await this.settling;
  }

  private async settle(answer: Promise<T>, inputs: readonly unknown[]): Promise<void> {
    [this.isPending, this.isCurrent] = [true, false];
    try {
      const value = await answer;
      if (this.inputs !== inputs) return;
      this.set(this.basis, inputs, value);
      this.changed();
    } catch (error) {
      if (this.inputs !== inputs) return;
      this.isPending = false;
      this.failed(error);
    }
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
