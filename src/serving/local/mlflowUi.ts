import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServedChild, WebUi } from '../../domain/target';
import { startFailure } from './failure';
import { answers, freePort } from './http';
import { endGroup, isAlive, signalGroup } from './processes';
import { serverEnvironment } from './python';
import { spawnProcess } from './server';

/** MLflow answers within a few seconds; a cold disk takes longer, ms. */
const startTimeout = 90_000;

interface Running {
  readonly logFile: string;
  /** Until it has exited: then its pid may be another's. */
  child?: ServedChild;
  /** It answered: nobody reads its log any more. */
  isUp?: true;
}

/** MLflow's own web UI over a local store, for this window. */
export class LocalMlflowUi implements WebUi {
  private running: Running | undefined;

  constructor(private readonly storageDir: string) {}

  async start(trackingUri: string, python: string, ended: () => void, signal?: AbortSignal): Promise<string> {
    await this.stop();
    const port = await freePort();
    const logFile = path.join(this.storageDir, 'logs', `ui-${randomUUID()}.log`);
    const args = [
      '-m',
      'mlflow',
      'ui',
      '--backend-store-uri',
      trackingUri,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ];
    const env = serverEnvironment(python, {
      // MLflow 3.13 and later refuse file stores without this (mlflow.md §0).
      MLFLOW_ALLOW_FILE_STORE: 'true',
      // By default four processes, for a team; this one serves one person, and each takes seconds to start.
      MLFLOW_WORKERS: process.env['MLFLOW_WORKERS'] ?? '1',
    });
    // Known before it answers: a window that closes meanwhile ends it too.
    const running: Running = (this.running = { logFile });
    const exited = (): void => {
      if (this.running !== running) return;
      this.running = undefined;
      if (running.isUp) rmSync(logFile, { force: true });
      ended();
    };
    try {
      running.child = await spawnProcess({ python, args, env, port, logFile, version: '', exited });
      await untilAnswering(running.child, signal);
      running.isUp = true;
    } catch (error) {
      if (this.running === running) this.running = undefined;
      await end(running);
      throw error;
    }
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (running) await end(running);
  }

  /** At once: a window that closes waits for nothing. */
  dispose(): void {
    const { running } = this;
    this.running = undefined;
    if (!running) return;
    if (running.child) signalGroup(running.child.pid, 'SIGTERM');
    rmSync(running.logFile, { force: true });
  }
}

async function end({ child, logFile }: Running): Promise<void> {
  if (child) await endGroup(child);
  await rm(logFile, { force: true });
}

async function untilAnswering(child: ServedChild, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + startTimeout;
  while (!(await answers(child.port, '/health', signal))) {
    signal?.throwIfAborted();
    if (!(await isAlive(child)) || Date.now() > deadline) throw await startFailure("MLflow's UI", child.logFile);
    await delay(100);
  }
}
