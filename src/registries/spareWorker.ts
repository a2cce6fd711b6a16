import { Worker } from 'node:worker_threads';

/** Starts a worker, which waits to be told what it is for (worker.ts). */
export function startWorker(url: string): Worker {
  // Rows pass through it by the million: more room for what lives shortly would only hold garbage.
  const worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb: 16 } });
  worker.unref();
  return worker;
}

/** One worker ahead of its work: a thread takes 15 ms to start, three times that beside a window that is being drawn. */
export class SpareWorker {
  private worker: Worker | undefined;

  constructor(readonly url: string) {}

  prepare(): void {
    if (this.worker) return;
    const worker = startWorker(this.url);
    this.worker = worker;
    // Whoever takes it hears of its end; before that nobody misses it.
    worker.on('error', () => {
      if (this.worker === worker) this.worker = undefined;
    });
  }

  take(): Worker | undefined {
    const { worker } = this;
    this.worker = undefined;
    return worker;
  }

  dispose(): void {
    void this.take()?.terminate();
  }
}
