import { spawn, type StdioOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { ServedChild } from '../../domain/target';
import { startTimeOf } from './processes';
import { serverEnvironment } from './python';

export interface ServerOptions {
  readonly python: string;
  readonly modelPath: string;
  readonly port: number;
  readonly logFile: string;
  /** Run MLflow's scoring app by uvicorn; else by `mlflow models serve`. */
  readonly direct: boolean;
  readonly version: string;
}

interface ProcessOptions {
  readonly python: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  readonly logFile: string;
  readonly version: string;
  readonly exited?: () => void;
}

/** Starts MLflow's scoring server for a model. */
export function spawnServer(options: ServerOptions): Promise<ServedChild> {
  return spawnProcess({ ...options, args: commandLine(options), env: environment(options) });
}

/** Starts a Python server in a process group of its own that logs to a file, so that it may outlive this window. */
export async function spawnProcess(options: ProcessOptions): Promise<ServedChild> {
  const { python, args, port, logFile, version } = options;
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  try {
    const pid = await spawned(options, log);
    const startTime = (await startTimeOf(pid)) ?? 'gone';
    return { version, pid, startTime, args: [python, ...args], port, logFile };
  } finally {
    closeSync(log);
  }
}

function commandLine({ modelPath, port, direct }: ServerOptions): string[] {
  const where = ['--host', '127.0.0.1', '--port', String(port)];
  if (direct) return ['-m', 'uvicorn', ...where, 'mlflow.pyfunc.scoring_server.app:app'];
  return [
    '-m',
    'mlflow',
    'models',
    'serve',
    '--model-uri',
    modelPath,
    '--env-manager',
    'local',
    '--workers',
    '1',
    ...where,
  ];
}

/** MLflow's scoring app reads its model from this variable (deploy-verified.md §1.1); uvicorn waits for ever by default. */
function environment({ python, modelPath, direct }: ServerOptions): NodeJS.ProcessEnv {
  const uvicorn = { UVICORN_TIMEOUT_KEEP_ALIVE: '75', UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '30' };
  return serverEnvironment(python, direct ? { __pyfunc_model_path__: modelPath, ...uvicorn } : uvicorn);
}

function spawned({ python, args, env, logFile, exited }: ProcessOptions, log: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const stdio: StdioOptions = ['ignore', log, log];
    const child = spawn(python, [...args], {
      cwd: path.dirname(logFile),
      detached: true,
      env,
      stdio,
      windowsHide: true,
    });
    child.once('error', (cause) => {
      const next = l10n.t('Choose another interpreter.');
      reject(new UserError('notFound', l10n.t("'{0}' could not be started.", python), { next, cause }));
    });
    child.once('exit', () => exited?.());
    child.once('spawn', () => {
      child.unref();
      resolve(child.pid ?? 0);
    });
  });
}
