// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until something holds; looks every 50 ms.
 * @param {() => boolean} holds
 * @param {number} ms
 * @returns {Promise<boolean>} whether it held in time
 */
export async function waitUntil(holds, ms) {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) return false;
    await delay(50);
  }
  return true;
}

/**
 * A loopback port that is free now: the wanted one if it is, else any.
 * @param {number} [wanted]
 * @returns {Promise<number>}
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {number} pid
 * @returns {string[]} the arguments of a process, none when it has ended
 */
export function argumentsOf(pid) {
  return readProc(pid, 'cmdline')
    .split('\0')
    .filter((part) => part !== '');
}

/**
 * @param {number} pid
 * @returns {number | undefined} when it started, in clock ticks after boot; undefined when it has ended
 */
export function startTicks(pid) {
  const fields = statFields(pid);
  return fields.length === 0 || fields[0] === 'Z' ? undefined : Number(fields[19]);
}

/**
 * @param {number} pid
 * @returns {number | undefined} its process group
 */
export function groupOf(pid) {
  const group = statFields(pid)[2];
  return group === undefined ? undefined : Number(group);
}

/** @param {number} pid */
export function isAlive(pid) {
  return startTicks(pid) !== undefined;
}

/**
 * Fields of /proc/PID/stat from the state on: the name before it may hold spaces and parentheses.
 * @param {number} pid
 */
function statFields(pid) {
  const stat = readProc(pid, 'stat');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** @returns {number[]} */
export function allPids() {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/**
 * @param {number} pid
 * @param {string} file
 */
function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Ends processes: asks, waits, then insists.
 * @param {number[]} targets pids; a negative one is a process group, as in kill(2)
 * @param {() => boolean} gone
 * @param {number} ms how long they may take by themselves
 */
export async function endProcesses(targets, gone, ms) {
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGKILL'])) {
    for (const pid of targets) send(pid, signal);
    if (await waitUntil(gone, ms)) return;
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
