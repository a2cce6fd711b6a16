// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeServerHome } from './paths.mjs';
import { allPids, argumentsOf, endProcesses, freePort, groupOf, isAlive, waitUntil } from './processes.mjs';
import { indent, tail } from './setup/exec.mjs';

/**
 * A calm window: nothing that opens, asks or fetches by itself.
 * @type {Readonly<Record<string, unknown>>}
 */
export const calmSettings = Object.freeze({
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'remote.autoForwardPorts': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'window.restoreWindows': 'none',
});

/**
 * @typedef {{
 *   userDataDir: string, logFile: string, trust: boolean, smokeDriver: boolean,
 *   port?: number, extensionsDir?: string, settings?: Record<string, unknown>, env?: Record<string, string>,
 * }} CodeServerOptions `trust`: every folder is trusted without asking; `smokeDriver`: the window obeys `payload` and has
 *   `window.driver`; `settings` come on top of `calmSettings` where the folder has none yet
 * @typedef {{url: string, port: number, pid: number, stop(): Promise<void>}} CodeServer
 */

/**
 * Starts a VS Code server of its own: loopback only, its own process group, nothing of the user's home.
 * @param {CodeServerOptions} options
 * @returns {Promise<CodeServer>} once it listens
 * @throws when it ends or is silent for 60 s; the message has the tail of its log
 */
export async function startCodeServer(options) {
  const { userDataDir, logFile } = options;
  seedSettings(userDataDir, options.settings ?? {});
  mkdirSync(path.dirname(logFile), { recursive: true });
  const port = await freePort(options.port);
  const bin = path.join(codeServerHome(), 'node_modules');
  const log = openSync(logFile, 'w');
  const child = spawn(
    path.join(bin, '.bin', 'node'),
    [path.join(bin, 'code-server', 'out', 'node', 'entry.js'), ...serverArguments(options, port)],
    { detached: true, stdio: ['ignore', log, log], env: serverEnvironment(options.env ?? {}), cwd: userDataDir },
  );
  closeSync(log);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`code-server is not installed in ${codeServerHome()}: run npm start once.`);
  const stop = () => stopServer(pid, userDataDir);
  const listens = () => readFileSync(logFile, 'utf8').includes('HTTP server listening');
  await waitUntil(() => listens() || child.exitCode !== null, 60_000);
  if (listens()) return { url: `http://127.0.0.1:${port}/`, port, pid, stop };
  await stop();
  throw new Error(`code-server did not start. The end of ${logFile}:\n${indent(tail(logFile, 20))}`);
}

/**
 * Address of a window on a folder.
 * @param {{base: string, folder?: string, payload?: [string, string][]}} options `payload` as VS Code's environment
 *   service reads it (host-testing.md §5.1)
 */
export function workbenchUrl({ base, folder, payload }) {
  const url = new URL(base);
  if (folder !== undefined) url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  else url.searchParams.set('ew', 'true');
  if (payload) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * How the payload names a path on the server's machine.
 * @param {string} base
 * @param {string} file absolute
 */
export function remoteUri(base, file) {
  return `vscode-remote://${new URL(base).host}${encodeURI(file)}`;
}

/**
 * @param {CodeServerOptions} options
 * @param {number} port
 */
function serverArguments({ userDataDir, extensionsDir, trust, smokeDriver }, port) {
  const config = path.join(userDataDir, 'code-server.yaml');
  writeFileSync(config, 'auth: none\n');
  return [
    ['--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir ?? path.join(userDataDir, 'extensions')],
    ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened'],
    trust ? ['--disable-workspace-trust'] : [],
    smokeDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : [],
  ].flat();
}

/**
 * The person's environment without what would change the window or the registry that it shows.
 * @param {Record<string, string>} extra
 */
function serverEnvironment(extra) {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(MLFLOW_|DATABRICKS_|VSCODE_|npm_|NODE_OPTIONS$|VIRTUAL_ENV$|PORT$|PASSWORD$)/.test(key),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

/**
 * @param {string} userDataDir
 * @param {Record<string, unknown>} settings
 */
function seedSettings(userDataDir, settings) {
  const file = path.join(userDataDir, 'User', 'settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ ...calmSettings, ...settings }, null, 2)}\n`);
}

/**
 * Ends the server's process group and the helpers that left it; never a scoring server, which has a group of its own.
 * @param {number} leader
 * @param {string} userDataDir
 */
async function stopServer(leader, userDataDir) {
  const members = () => allPids().filter((pid) => groupOf(pid) === leader && isAlive(pid));
  await endProcesses([-leader], () => members().length === 0, 5_000);
  await stopLeftOvers(userDataDir);
}

/**
 * Ends code-servers that an interrupted run left behind.
 * @param {string} dir user-data folder, or a folder that has some
 */
export async function stopLeftOvers(dir) {
  const orphans = serverProcesses(dir);
  if (orphans.length > 0) await endProcesses(orphans, () => !orphans.some(isAlive), 3_000);
}

/**
 * Processes of code-server's own programs that name this folder (host-testing.md §5.2, cleanup).
 * @param {string} dir
 */
function serverProcesses(dir) {
  return allPids().filter((pid) => {
    const args = argumentsOf(pid);
    return (
      args.some((arg) => arg.startsWith(codeServerHome())) && `${args.join(' ')} `.match(pathPattern(dir)) !== null
    );
  });
}

/** @param {string} dir a folder: itself or something in it, not one whose name only begins alike */
function pathPattern(dir) {
  return new RegExp(`${dir.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}[/ ]`);
}
