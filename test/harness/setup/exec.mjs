// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRepo } from '../paths.mjs';

/** A failure that a person can act on: one sentence and what to do next. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} todo
   */
  constructor(message, todo) {
    super(message);
    this.todo = todo;
  }
}

/**
 * First executable of that name on PATH.
 * @param {string} name
 * @param {string | undefined} [searchPath]
 * @returns {string | undefined}
 */
export function which(name, searchPath = process.env['PATH']) {
  const found = (searchPath ?? '').split(path.delimiter).map((dir) => path.join(dir, name));
  return found.find((file) => isExecutable(file));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Standard output of a command that ends well, else undefined.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string}} [options]
 * @returns {string | undefined}
 */
export function tryRun(command, args, options = {}) {
  const done = spawnSync(command, args, {
    ...options,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/**
 * PATH with some folders first.
 * @param {string[]} dirs
 * @returns {NodeJS.ProcessEnv}
 */
export function envWithPath(...dirs) {
  return { ...process.env, PATH: [...dirs, process.env['PATH'] ?? ''].join(path.delimiter) };
}

/**
 * Environment in which `node` is the repository's Node 24. Python keeps what it compiled there: an import of MLflow takes
 * three times as long where it may not.
 */
export function repoEnv() {
  const env = { ...envWithPath(inRepo('node_modules', '.bin')), RINGSIDE_ROOT: inRepo() };
  return Object.fromEntries(Object.entries(env).filter(([key]) => key !== 'PYTHONDONTWRITEBYTECODE'));
}

/**
 * Runs a command with its output in `out/log/<log>.log`.
 * @param {string} command
 * @param {string[]} args
 * @param {{log: string, todo: string, env?: NodeJS.ProcessEnv, cwd?: string, signal?: AbortSignal}} options
 * @returns {Promise<void>}
 * @throws {SetupError} with the tail of the output
 */
export async function run(command, args, { log, todo, env, cwd, signal }) {
  const file = inRepo('out', 'log', `${log}.log`);
  mkdirSync(path.dirname(file), { recursive: true });
  const output = openSync(file, 'a');
  const child = spawn(command, args, {
    cwd: cwd ?? inRepo(),
    env: env ?? process.env,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const stop = () => killGroup(child.pid, 'SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  const outcome = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => resolve(code === 0 ? undefined : `it ended with ${by ?? `exit code ${code}`}`));
  });
  signal?.removeEventListener('abort', stop);
  if (outcome === undefined) return;
  throw new SetupError(
    `${path.basename(command)} ${args.join(' ')}: ${outcome}.\n${indent(tail(file, 15))}`,
    `${todo} (log: ${file})`,
  );
}

/**
 * @param {number | undefined} pid leader of a process group
 * @param {NodeJS.Signals} signal
 */
export function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/**
 * Last lines of a file; nothing when there is no such file.
 * @param {string} file
 * @param {number} lines
 */
export function tail(file, lines) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** @param {string} text */
export function indent(text) {
  return text.replaceAll(/^/gm, '    ');
}
