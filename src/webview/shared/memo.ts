/** Keeps the last answer until one of its inputs is another. */
export class Memo<T> {
  private inputs: readonly unknown[] | undefined;
  private value: T | undefined;

  get(inputs: readonly unknown[], compute: () => T): T {
    const known = this.inputs?.length === inputs.length && inputs.every((input, i) => input === this.inputs?.[i]);
    if (!known || this.value === undefined) this.value = compute();
    this.inputs = inputs;
    return this.value;
  }
}
