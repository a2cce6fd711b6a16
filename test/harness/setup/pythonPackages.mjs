// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../paths.mjs';
import { run, tryRun, which } from './exec.mjs';

/** @typedef {{say: (text: string) => void, signal: AbortSignal, todo: string, log: string}} Making */

/**
 * Makes a Python environment, or completes one, by uv or, where this machine cannot have it, by pip.
 * @param {string} home
 * @param {string[]} packages arguments of `pip install`
 * @param {Making & {python?: string}} making `python`: command or version of the interpreter
 * @returns {Promise<'uv' | 'pip'>}
 */
export async function makeEnvironment(home, packages, { say, signal, todo, log, python = 'python3' }) {
  const options = { log, todo, signal };
  const inside = path.join(home, 'bin', 'python');
  const uv = await (finding ??= findUv(say, signal));
  say(`${uv ? 'uv' : 'pip'} install ${packages.join(' ')}`);
  if (!uv) {
    await run(python, ['-m', 'venv', home], options);
    await run(inside, ['-m', 'pip', 'install', ...packages], options);
    return 'pip';
  }
  const [command = 'uv', ...args] = uv;
  if (!existsSync(inside)) await run(command, [...args, 'venv', '--python', python, '--clear', home], options);
  await run(command, [...args, 'pip', 'install', '--python', inside, ...packages], options);
  return 'uv';
}

/**
 * Several environments are made at a time: one fetches uv, the others wait for it.
 * @type {Promise<string[] | undefined> | undefined}
 */
let finding;

/**
 * How uv is started here; made in the cache folder where the machine has none, undefined where that is refused.
 * @param {(text: string) => void} say
 * @param {AbortSignal} signal
 * @returns {Promise<string[] | undefined>}
 */
async function findUv(say, signal) {
  const home = inCache('uv');
  const candidates = [[which('uv')], ['python3', '-m', 'uv'], [`${home}/bin/uv`]];
  const found = candidates.find(([command, ...args]) => command && tryRun(command, [...args.map(String), '--version']));
  if (found) return found.map(String);
  say('fetching uv');
  const options = { log: 'uv', todo: 'look at the lines above.', signal };
  try {
    await run('python3', ['-m', 'venv', home], options);
    await run(`${home}/bin/pip`, ['install', '--quiet', 'uv'], options);
    return [`${home}/bin/uv`];
  } catch {
    return undefined;
  }
}
