// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inRepo, venvPython } from '../../harness/paths.mjs';

/** A process that answers each line of JSON by one. @typedef {{ask: (question: object) => Promise<any>, end: () => Promise<void>}} Child */

/**
 * Ringside's side: a process with a store open in its worker (reader.mjs).
 * @param {string} file
 * @param {'timed'[]} timed whether it also tells how long statements took
 * @returns {Child}
 */
export const reader = (file, ...timed) =>
  start(process.execPath, [inRepo('test', 'bench', 'sqlite', 'reader.mjs'), file, ...timed]);

/**
 * The other side: a process of the .venv's Python.
 * @param {string} script of this folder
 * @param {string[]} args
 * @returns {Child}
 */
export const python = (script, ...args) => start(venvPython(), [inRepo('test', 'bench', 'sqlite', script), ...args]);

/** @param {string} command @param {string[]} args @returns {Child} */
export function start(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ data) => (said = (said + data).slice(-2000)));
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${args[0]} ended at ${JSON.stringify(question)}: ${said}`);
      return JSON.parse(value);
    },
    end: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
