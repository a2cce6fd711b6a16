import type { ReactiveControllerHost } from 'lit';
import { isCancelled } from '../../domain/errors';

/** A part of a page that is read beside its content, and shown when it is there. */
export class Beside<T> {
  private shown: T | undefined;
  private failure: unknown;
  private key: string | undefined;
  private reading: AbortController | undefined;

  constructor(
    private readonly host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    private readonly read: (signal: AbortSignal) => Promise<T>,
  ) {}

  get value(): T | undefined {
    return this.shown;
  }

  get error(): unknown {
    return this.failure;
  }

  get loading(): boolean {
    return this.reading !== undefined;
  }

  /** Reads again where `key` is another than before; what is shown of another key goes at once. */
  load(key: string): void {
    if (key === this.key) return;
    this.key = key;
    this.shown = undefined;
    void this.reload();
  }

  async reload(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    this.failure = undefined;
    try {
      const value = await this.read(reading.signal);
      if (reading === this.reading) this.shown = value;
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.failure = error;
    } finally {
      if (reading === this.reading) this.reading = undefined;
      this.host.requestUpdate();
    }
  }
}
