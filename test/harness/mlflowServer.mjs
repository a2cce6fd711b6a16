// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { inRepo, venvPython } from './paths.mjs';
import { allPids, endProcesses, freePort, groupOf, isAlive } from './processes.mjs';
import { indent, tail } from './setup/exec.mjs';

/**
 * Starts a real `mlflow server` on the store of a folder: loopback only, its own process group.
 * @param {{
 *   folder: string, python?: string, port?: number, destination?: string, options?: string[], env?: NodeJS.ProcessEnv,
 * }} server `folder` holds or gets mlflow.db; another `port` where that one is taken; `destination` of the artifacts that
 *   it serves; `options` of `mlflow server`
 * @returns {Promise<{url: string, stop(): Promise<void>}>} once it answers
 * @throws when it ends or is silent for 150 s; the message has the tail of its log
 */
export async function startMlflowServer(server) {
  const { folder, python = venvPython(), port: wanted, options = [], env = {} } = server;
  const { destination = path.join(folder, 'served-artifacts') } = server;
  const port = await freePort(wanted);
  const logFile = path.join(folder, 'server.log');
  const log = openSync(logFile, 'a');
  const store = ['--backend-store-uri', `sqlite:///${path.join(folder, 'mlflow.db')}`];
  // MLflow 1 serves them only where it is told to.
  const artifacts = ['--serve-artifacts', '--artifacts-destination', destination];
  const address = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  // Releases before 2.22 find gunicorn there.
  const searchPath = [path.dirname(python), process.env['PATH'] ?? ''].join(path.delimiter);
  const child = spawn(
    python,
    [inRepo('test', 'fixtures', 'mlflow_server.py'), 'server', ...store, ...artifacts, ...address, ...options],
    {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: folder,
      // Without it a server brings six processes that only evaluate traces.
      env: {
        ...withoutMlflow(),
        PATH: searchPath,
        MLFLOW_DISABLE_TELEMETRY: 'true',
        MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
        ...env,
      },
    },
  );
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`There is no Python at ${python}: run npm start once.`);
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopGroup(pid);
  if (await answers(`${url}/health`, () => child.exitCode === null)) return { url, stop };
  await stop();
  throw new Error(`mlflow server did not start. The end of ${logFile}:\n${indent(tail(logFile, 20))}`);
}

/** The person's environment without what would point the server elsewhere. */
function withoutMlflow() {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('MLFLOW_')));
}

/**
 * @param {string} url
 * @param {() => boolean} runs
 */
async function answers(url, runs) {
  const end = performance.now() + 150_000;
  while (runs() && performance.now() < end) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** @param {number} leader */
function stopGroup(leader) {
  const members = () => allPids().filter((pid) => groupOf(pid) === leader && isAlive(pid));
  return endProcesses([-leader], () => members().length === 0, 5_000);
}
