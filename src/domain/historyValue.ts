import type { HistoryValue } from './frame';
import type { MetricHistory } from './metric';

/**
 * Takes the points of one history in any order and comes to one value: the least, the greatest, or the one at the
 * beginning (least step, then timestamp, then value, as the latest is the greatest of them). NaN is the least or the
 * greatest only where nothing else was logged.
 */
export class HistoryTaker {
  private taken: number | undefined;
  private step = Infinity;
  private timestamp = Infinity;

  constructor(private readonly of: HistoryValue) {}

  /** Undefined where there was no point. */
  get value(): number | undefined {
    return this.taken;
  }

  add(step: number, timestamp: number, value: number): void {
    if (this.taken !== undefined && !this.comesBefore(this.taken, step, timestamp, value)) return;
    this.taken = value;
    this.step = step;
    this.timestamp = timestamp;
  }

  private comesBefore(taken: number, step: number, timestamp: number, value: number): boolean {
    if (this.of === 'max') return value > taken || isOnlyNaN(taken, value);
    if (this.of === 'first') {
      if (step !== this.step) return step < this.step;
      if (timestamp !== this.timestamp) return timestamp < this.timestamp;
    }
    return value < taken || isOnlyNaN(taken, value);
  }
}

export function historyValue({ steps, timestamps, values }: MetricHistory, of: HistoryValue): number | undefined {
  const taker = new HistoryTaker(of);
  values.forEach((value, i) => taker.add(steps[i] ?? 0, timestamps[i] ?? 0, value));
  return taker.value;
}

function isOnlyNaN(taken: number, value: number): boolean {
  return Number.isNaN(taken) && !Number.isNaN(value);
}
