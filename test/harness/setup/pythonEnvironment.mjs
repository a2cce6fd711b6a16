// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inCache, inRepo, venvPython } from '../paths.mjs';
import { run, tryRun, which } from './exec.mjs';

/** @type {import('./steps.mjs').Step} */
export const pythonEnvironment = {
  id: 'python',
  title: 'Python environment .venv',
  after: ['system'],
  async run({ say, signal }) {
    const stamp = inRepo('.venv', 'ringside-requirements.sha256');
    const wanted = createHash('sha256').update(readFileSync(requirements())).digest('hex');
    const present = existsSync(stamp) && existsSync(venvPython()) && readFileSync(stamp, 'utf8') === wanted;
    if (present) return 'there already';
    const uv = await findUv(say, signal);
    say(`${uv ? 'uv' : 'pip'} install -r test/fixtures/requirements.txt`);
    await (uv ? withUv(uv, signal) : withPip(signal));
    writeFileSync(stamp, wanted);
    return uv ? 'uv' : 'pip';
  },
};

function requirements() {
  return inRepo('test', 'fixtures', 'requirements.txt');
}

const todo = 'look at the lines above; remove .venv and run this again once they are mended.';

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
  try {
    await run('python3', ['-m', 'venv', home], { log: 'uv', todo, signal });
    await run(`${home}/bin/pip`, ['install', '--quiet', 'uv'], { log: 'uv', todo, signal });
    return [`${home}/bin/uv`];
  } catch {
    return undefined;
  }
}

/**
 * @param {string[]} uv
 * @param {AbortSignal} signal
 */
async function withUv(uv, signal) {
  const [command = 'uv', ...args] = uv;
  const options = { log: 'python', todo, signal };
  if (!existsSync(venvPython()))
    await run(command, [...args, 'venv', '--python', 'python3', '--clear', inRepo('.venv')], options);
  await run(command, [...args, 'pip', 'install', '--python', venvPython(), '-r', requirements()], options);
}

/** @param {AbortSignal} signal */
async function withPip(signal) {
  const options = { log: 'python', todo, signal };
  await run('python3', ['-m', 'venv', inRepo('.venv')], options);
  await run(venvPython(), ['-m', 'pip', 'install', '-r', requirements()], options);
}
