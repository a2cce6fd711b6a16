/**
 * Keeps the last answer until one of its inputs is another, and meanwhile where the next one takes a while. An answer to
 * what is no longer asked is dropped, so that a late one never replaces a newer one.
 */
export class Later<T> {
  private basis: readonly unknown[] = [];
  private inputs: readonly unknown[] | undefined;
  private value: T | undefined;
  isPending = false;

  constructor(private readonly changed: () => void) {}

  /** @param basis of what the last answer is: with another one it means nothing */
  get(basis: readonly unknown[], inputs: readonly unknown[], compute: () => T | Promise<T>): T | undefined {
    const isSameBasis = isSame(this.basis, basis);
    if (isSameBasis && this.inputs && isSame(this.inputs, inputs)) return this.value;
    if (!isSameBasis) this.value = undefined;
    [this.basis, this.inputs] = [basis, inputs];
    const answer = compute();
    this.isPending = answer instanceof Promise;
    if (answer instanceof Promise) void this.settle(answer, inputs);
    else this.value = answer;
    return this.value;
  }

  private async settle(answer: Promise<T>, inputs: readonly unknown[]): Promise<void> {
    const value = await answer;
    if (this.inputs !== inputs) return;
    this.value = value;
    this.isPending = false;
    this.changed();
  }
}

export function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
