// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { argumentsOf, endProcesses, groupOf, isAlive, startTicks } from './processes.mjs';

/**
 * A scoring server as the extension records it; what it was started with tells it from a later process of that pid.
 * @typedef {{pid: number, startTime?: number | string, args?: string[]}} Child
 */

/**
 * Ends the scoring servers that Ringside started from windows of this user-data folder.
 * @param {string} userDataDir
 * @returns {Promise<number>} how many there were
 */
export async function stopEndpoints(userDataDir) {
  const leaders = runningEndpoints(userDataDir);
  // Only a leader's group may be ended as a whole: another group would be somebody else's.
  const targets = leaders.map((pid) => (groupOf(pid) === pid ? -pid : pid));
  if (targets.length > 0) await endProcesses(targets, () => !leaders.some(isAlive), 5_000);
  return leaders.length;
}

/**
 * @param {string} userDataDir
 * @returns {number[]} pids of the scoring servers that are recorded there and run
 */
export function runningEndpoints(userDataDir) {
  return recordedChildren(userDataDir)
    .filter(isStillThat)
    .map((child) => child.pid);
}

/**
 * @param {string} userDataDir
 * @returns {Child[]}
 */
function recordedChildren(userDataDir) {
  const dir = path.join(userDataDir, 'User', 'globalStorage', 'ringside.ringside', 'endpoints');
  return namesIn(dir).flatMap((name) => childrenIn(path.join(dir, name)));
}

/** @param {string} dir */
function namesIn(dir) {
  try {
    return readdirSync(dir).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

/**
 * @param {string} file
 * @returns {Child[]}
 */
function childrenIn(file) {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(record.children) ? record.children : [];
  } catch {
    return [];
  }
}

/**
 * @param {Child} child
 */
function isStillThat({ pid, startTime, args }) {
  const ticks = startTicks(pid);
  if (ticks === undefined || startTime === undefined || Number(startTime) !== ticks) return false;
  const running = argumentsOf(pid).join('\0');
  return (args ?? []).every((part) => running.includes(part));
}
