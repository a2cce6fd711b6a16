import { orAborted } from '../domain/orAborted';

/** Those who wait for one piece of work: each may stop waiting, and when the last one does, the work is cancelled. */
export class Askers {
  private readonly leaving = new AbortController();
  private waiting = 0;

  /** For the work. */
  readonly signal = this.leaving.signal;

  async wait<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
    this.waiting++;
    try {
      return await orAborted(work, signal);
    } finally {
      if (--this.waiting === 0 && signal?.aborted) this.leaving.abort();
    }
  }
}
