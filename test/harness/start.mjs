// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { workbenchUrl } from './codeServer.mjs';
import { stopEndpoints } from './endpoints.mjs';
import { interruption } from './interrupt.mjs';
import { inRepo } from './paths.mjs';
import { waitUntil } from './processes.mjs';
import { keptSampleWorkspace, makeSampleWorkspace } from './sampleWorkspace.mjs';
import { killGroup, which } from './setup/exec.mjs';
import { checkMachine, setUp } from './setup/setup.mjs';
import { serverLog, startWindowServer, userDataOf, windowSettings } from './windowServer.mjs';

const usage = `npm start -- [--port N] [--check] [--desktop]
  opens the sample registry in a VS Code of its own (code-server) and prints its address; Ctrl-C ends it
  --port N   the port, if it is free (default 8642)
  --check    opens it in a headless Chromium, waits for the sample's tree, saves out/check.png and ends
  --desktop  uses the installed "code" instead`;

const begun = performance.now();

/**
 * @param {{port: number, check: boolean, desktop: boolean}} options
 * @returns {Promise<number>} exit code
 */
async function start({ port, check, desktop }) {
  checkMachine();
  const signal = interruption();
  const code = desktop ? which('code') : undefined;
  if (desktop && !code)
    return complain('There is no "code" on PATH: install VS Code, or leave out --desktop to use code-server.');
  const steps = desktop
    ? ['npm', 'python', 'build']
    : ['code-server', 'python', ...(check ? ['chromium'] : []), 'build'];
  if (!(await setUp(steps, signal)))
    return signal.aborted ? 130 : complain('The set-up is not complete: see what to do above.');
  if (code) return openDesktop(code, signal);
  return check ? openAndCheck(signal) : openServer(port, signal);
}

/**
 * @param {number} port
 * @param {AbortSignal} signal
 */
async function openServer(port, signal) {
  // Tests have one of their own, beside the window that a person may have open.
  const base = process.env['RINGSIDE_TMP'] ?? inRepo('out', 'start');
  const userDataDir = userDataOf(base);
  const other = runningStart(base);
  if (other)
    return complain(`This folder is open already, in process ${other.pid}: ${other.url} (Ctrl-C there ends it).`);
  const folder = await keptSampleWorkspace();
  const server = await startWindowServer({ base, port });
  try {
    const url = workbenchUrl({ base: server.url, folder });
    writeFileSync(path.join(base, 'running.json'), JSON.stringify({ pid: process.pid, url }));
    console.log(`\nRingside is open after ${seconds()} s: ${url}\nCtrl-C ends it, and what was deployed from it.`);
    const ended = () => signal.aborted || !existsSync(`/proc/${server.pid}`);
    await waitUntil(ended, Infinity);
    return signal.aborted ? 0 : complain(`code-server ended by itself: see ${serverLog(base)}`);
  } finally {
    rmSync(path.join(base, 'running.json'), { force: true });
    await endAll(server, userDataDir);
  }
}

/** @param {AbortSignal} signal */
async function openAndCheck(signal) {
  const base = inRepo('out', 'tmp', `check-${process.pid}`);
  const server = await startWindowServer({ base });
  try {
    const folder = await makeSampleWorkspace(path.join(base, 'workspace'));
    const { checkWindow } = await import('./checkWindow.mjs');
    await checkWindow(workbenchUrl({ base: server.url, folder }), inRepo('out', 'check.png'), signal);
    console.log(`The sample's tree is there after ${seconds()} s; picture: out/check.png`);
    return 0;
  } catch (error) {
    return complain(
      `${error instanceof Error ? error.message : String(error)}\nThe server's log is ${serverLog(base)}`,
    );
  } finally {
    await endAll(server, userDataOf(base));
    rmSync(base, { recursive: true, force: true });
  }
}

/**
 * @param {string} code
 * @param {AbortSignal} signal
 */
async function openDesktop(code, signal) {
  const userDataDir = userDataOf(inRepo('out', 'desktop'));
  const settings = path.join(userDataDir, 'User', 'settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(windowSettings(), null, 2)}\n`);
  const args = [
    '--wait',
    '--new-window',
    `--extensionDevelopmentPath=${inRepo()}`,
    `--user-data-dir=${userDataDir}`,
    await keptSampleWorkspace(),
  ];
  const child = spawn(code, args, { stdio: 'inherit', detached: true });
  let exit = /** @type {number | undefined} */ (undefined);
  child.once('error', () => (exit = 1));
  child.once('exit', (status) => (exit = status ?? 1));
  await waitUntil(() => signal.aborted || exit !== undefined, Infinity);
  killGroup(child.pid, 'SIGTERM');
  await stopEndpoints(userDataDir);
  return signal.aborted ? 0 : (exit ?? 0);
}

/**
 * @param {string} base
 * @returns {{pid: number, url: string} | undefined}
 */
function runningStart(base) {
  const file = path.join(base, 'running.json');
  if (!existsSync(file)) return undefined;
  const running = JSON.parse(readFileSync(file, 'utf8'));
  const command = existsSync(`/proc/${running.pid}`) ? readFileSync(`/proc/${running.pid}/cmdline`, 'utf8') : '';
  return command.includes('start.mjs') ? running : undefined;
}

/**
 * @param {import('./codeServer.mjs').CodeServer} server
 * @param {string} userDataDir
 */
async function endAll(server, userDataDir) {
  await server.stop();
  const endpoints = await stopEndpoints(userDataDir);
  console.log(
    `\nEnded code-server${endpoints > 0 ? ` and ${endpoints} scoring server${endpoints > 1 ? 's' : ''}` : ''}.`,
  );
}

/** @param {string} text */
function complain(text) {
  console.error(text);
  return 1;
}

function seconds() {
  return ((performance.now() - begun) / 1000).toFixed(1);
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8642' },
    check: { type: 'boolean', default: false },
    desktop: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) console.log(usage);
else process.exit(await start({ port: Number(values.port), check: values.check, desktop: values.desktop }));
