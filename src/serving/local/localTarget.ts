import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type {
  Endpoint,
  EndpointState,
  InvocationAnswer,
  LogPiece,
  ServedChild,
  ServeRequest,
  Target,
} from '../../domain/target';
import { EndpointFiles, type EndpointRecord } from './endpointFiles';
import { startFailure, tailOf } from './failure';
import { readFrom } from './logFile';
import { answers, freePort, postInvocation } from './http';
import { endGroup, isAlive } from './processes';
import { spawnServer } from './server';

export interface LocalTargetOptions {
  /** Folder of our own that outlives windows: endpoint files, logs, staged models. */
  readonly storageDir: string;
  /** How long a server may load before it must answer, ms. */
  readonly startTimeout: () => number;
}

/** Another process may take the free port between our look and the server's bind. */
const portAttempts = 3;

/** Serves versions on this machine by MLflow's own scoring server, each in a process group that outlives the window. */
export class LocalTarget implements Target {
  private readonly files: EndpointFiles;

  constructor(private readonly options: LocalTargetOptions) {
    this.files = new EndpointFiles(path.join(options.storageDir, 'endpoints'));
  }

  async list(signal?: AbortSignal): Promise<readonly Endpoint[]> {
    const records = await this.files.list();
    return Promise.all(records.map(async (record) => toEndpoint(record, await this.stateOf(record, signal))));
  }

  async start(request: ServeRequest, report: (step: string) => void, signal?: AbortSignal): Promise<Endpoint> {
    const id = randomUUID();
    const stagingDir = path.join(this.options.storageDir, 'models', id);
    try {
      const modelPath = await this.modelPath(request, stagingDir, report, signal);
      report(l10n.t('loading the model with MLflow {0}', request.python.mlflowVersion));
      for (let attempt = 1; ; attempt++) {
        const record = await this.launch(id, request, modelPath);
        try {
          await this.untilServing(record, signal);
          return toEndpoint(record, 'serving');
        } catch (error) {
          const log = await tailOf(record.logFile);
          await this.discard(record);
          if (attempt >= portAttempts || !log.includes('address already in use')) throw error;
        }
      }
    } catch (error) {
      await rm(stagingDir, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(id: string): Promise<void> {
    const record = await this.record(id);
    await Promise.all(record.children.map(endGroup));
  }

  async remove(id: string): Promise<void> {
    const record = await this.record(id);
    if ((await this.stateOf(record)) !== 'stopped') {
      throw new UserError('conflict', l10n.t('{0} is still running.', nameOf(record)), {
        next: l10n.t('Stop it first.'),
      });
    }
    await this.files.remove(id);
    await rm(record.logFile, { force: true });
    await rm(path.join(this.options.storageDir, 'models', id), { recursive: true, force: true });
  }

  async readLog(id: string, from: number): Promise<LogPiece> {
    return readFrom((await this.record(id)).logFile, from);
  }

  async invoke(id: string, payload: string, signal?: AbortSignal): Promise<InvocationAnswer> {
    const record = await this.record(id);
    try {
      return await postInvocation(record.port, payload, signal);
    } catch (error) {
      if (signal?.aborted) throw new UserError('cancelled', l10n.t('Cancelled.'));
      throw new UserError('unreachable', l10n.t('{0} did not answer on port {1}.', nameOf(record), record.port), {
        next: l10n.t('Look at its log, or deploy it again.'),
        cause: error,
      });
    }
  }

  private async modelPath(
    { model }: ServeRequest,
    stagingDir: string,
    report: (step: string) => void,
    signal?: AbortSignal,
  ): Promise<string> {
    if ('path' in model) return model.path;
    const step = l10n.t('fetching the model');
    report(step);
    const place = { folder: path.dirname(stagingDir), name: path.basename(stagingDir) };
    await model.fetch(place, (progress) => report(`${step}: ${progress}`), signal);
    return stagingDir;
  }

  /** Starts the server's process and records it at once, so that no window's end can lose it. */
  private async launch(id: string, request: ServeRequest, modelPath: string): Promise<EndpointRecord> {
    const port = await freePort();
    const logFile = path.join(this.options.storageDir, 'logs', `${id}.log`);
    const child = await spawnServer({
      python: request.python.path,
      modelPath,
      port,
      logFile,
      direct: request.python.direct,
      version: request.version,
    });
    const { registry, modelName, version } = request;
    const record = { id, port, registry, modelName, version, startedAt: Date.now(), logFile, children: [child] };
    try {
      await this.files.create(record);
    } catch (error) {
      await endGroup(child);
      throw error;
    }
    return record;
  }

  private async untilServing(record: EndpointRecord, signal?: AbortSignal): Promise<void> {
    const deadline = Date.now() + this.options.startTimeout();
    for (;;) {
      if (signal?.aborted) throw new UserError('cancelled', l10n.t('Cancelled.'));
      const alive = await anyAlive(record.children);
      if (!alive) throw await startFailure(nameOf(record), record.logFile);
      if (await answers(record.port, '/ping', signal)) return;
      if (Date.now() > deadline) throw await tooSlow(record, this.options.startTimeout());
      await delay(100);
    }
  }

  private async discard(record: EndpointRecord): Promise<void> {
    await Promise.all(record.children.map(endGroup));
    await this.files.remove(record.id);
    await rm(record.logFile, { force: true });
  }

  private async stateOf(record: EndpointRecord, signal?: AbortSignal): Promise<EndpointState> {
    if (!(await anyAlive(record.children))) return 'stopped';
    if (await answers(record.port, '/ping', signal)) return 'serving';
    return Date.now() - record.startedAt < this.options.startTimeout() ? 'starting' : 'unhealthy';
  }

  private async record(id: string): Promise<EndpointRecord> {
    const record = await this.files.read(id);
    if (record) return record;
    throw new UserError('notFound', l10n.t('That endpoint is gone.'), { next: l10n.t('Refresh the view.') });
  }
}

async function anyAlive(children: readonly ServedChild[]): Promise<boolean> {
  return (await Promise.all(children.map(isAlive))).some(Boolean);
}

function nameOf({ modelName, version }: EndpointRecord): string {
  return `${modelName} v${version}`;
}

async function tooSlow(record: EndpointRecord, timeout: number): Promise<UserError> {
  const seconds = Math.round(timeout / 1000);
  return new UserError(
    'unreachable',
    l10n.t('{0} did not answer within {1} s and was stopped.', nameOf(record), seconds),
    {
      next: l10n.t('Raise ringside.deploy.startTimeout where the model needs longer to load.'),
      cause: new Error(await tailOf(record.logFile)),
    },
  );
}

function toEndpoint(record: EndpointRecord, state: EndpointState): Endpoint {
  const { id, registry, modelName, version, startedAt, logFile, port } = record;
  return {
    id,
    target: 'local',
    url: `http://127.0.0.1:${port}`,
    state,
    registry,
    modelName,
    version,
    startedAt,
    logFile,
  };
}
