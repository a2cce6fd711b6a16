// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepo, venvPython } from '../paths.mjs';
import { makeEnvironment } from './pythonPackages.mjs';

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
    const todo = 'look at the lines above; remove .venv and run this again once they are mended.';
    const by = await makeEnvironment(inRepo('.venv'), ['-r', requirements()], { say, signal, todo, log: 'python' });
    writeFileSync(stamp, wanted);
    return by;
  },
};

function requirements() {
  return inRepo('test', 'fixtures', 'requirements.txt');
}
