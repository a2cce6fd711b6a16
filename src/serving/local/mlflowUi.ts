import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServedChild, WebUi } from '../../domain/target';
import { startFailure } from './failure';
import { answers, freePort } from './http';
import { endGroup, isAlive } from './processes';
import { serverEnvironment } from './python';
import { spawnProcess } from './server';

/** MLflow answers within a few seconds; a cold disk takes longer, ms. */
const startTimeout = 90_000;

/** MLflow's own web UI over a local store, for this window. */
export class LocalMlflowUi implements WebUi {
  private child: ServedChild | undefined;

  constructor(private readonly storageDir: string) {}

  async start(trackingUri: string, python: string, signal?: AbortSignal): Promise<string> {
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
    // MLflow 3.13 and later refuse file stores without this (mlflow.md §0).
    const env = serverEnvironment(python, { MLFLOW_ALLOW_FILE_STORE: 'true' });
    const child = await spawnProcess({ python, args, env, port, logFile, version: '' });
    // Known before it answers: a window that closes meanwhile ends it too.
    this.child = child;
    try {
      await untilAnswering(child, signal);
    } catch (error) {
      if (this.child === child) this.child = undefined;
      await endGroup(child);
      throw error;
    }
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child) await endGroup(child);
  }
}

async function untilAnswering(child: ServedChild, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + startTimeout;
  while (!(await answers(child.port, '/health', signal))) {
    signal?.throwIfAborted();
    if (!(await isAlive(child)) || Date.now() > deadline) throw startFailure("MLflow's UI", child.logFile);
    await delay(100);
  }
}
