import type { MetricHistory } from '../../domain/metric';
import { metricValue } from './sql';

/** Points of one run in typed arrays that grow: in lists of numbers they would cost as much as reading them. */
export class Points {
  private length = 0;
  private steps = new Float64Array(64);
  private timestamps = new Float64Array(64);
  private values = new Float64Array(64);

  readonly add = (step: number, timestamp: number, value: number, isNaN: number): void => {
    if (this.length === this.steps.length) this.grow();
    const at = this.length++;
    this.steps[at] = step;
    this.timestamps[at] = timestamp;
    this.values[at] = metricValue({ value, is_nan: isNaN });
  };

  /** By timestamp, step, stored value, as MLflow gives them; asked once, because it gives the arrays away. */
  history(runId: string, key: string): MetricHistory {
    const order = this.order();
    const inOrder = (column: Float64Array<ArrayBuffer>): Float64Array =>
      order ? Float64Array.from(order, (i) => column[i] ?? 0) : resized(column, this.length);
    return {
      runId,
      key,
      steps: inOrder(this.steps),
      timestamps: inOrder(this.timestamps),
      values: inOrder(this.values),
    };
  }

  /** Undefined where they were read in order. */
  private order(): Uint32Array | undefined {
    let i = 1;
    while (i < this.length && this.compare(i - 1, i) <= 0) i++;
    if (i >= this.length) return undefined;
    return Uint32Array.from({ length: this.length }, (_, at) => at).sort((a, b) => this.compare(a, b));
  }

  private compare(a: number, b: number): number {
    return difference(this.timestamps, a, b) || difference(this.steps, a, b) || difference(this.values, a, b) || a - b;
  }

  private grow(): void {
    const length = Math.ceil(1.25 * this.length);
    this.steps = resized(this.steps, length);
    this.timestamps = resized(this.timestamps, length);
    this.values = resized(this.values, length);
  }
}

/** Frees what it leaves at once: until the next collection it could be five times what is held. */
function resized(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(column.buffer.transfer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Survives two equal infinities. */
function difference(column: Float64Array, i: number, j: number): number {
  const [a, b] = [stored(column, i), stored(column, j)];
  return a === b ? 0 : a - b;
}

/** A NaN is stored as 0. */
function stored(column: Float64Array, i: number): number {
  const value = column[i] ?? 0;
  return Number.isNaN(value) ? 0 : value;
}
