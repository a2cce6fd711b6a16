// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { findChromium } from './chromium.mjs';
import { SetupError, run, tryRun, which } from './exec.mjs';
import { rootPrefix } from './platform.mjs';

/**
 * What code-server's native build, the Python environment and the pictures need, by Debian's names.
 * @type {{packages: string[], present: () => boolean}[]}
 */
const needs = [
  { packages: ['g++'], present: () => which('g++') !== undefined },
  { packages: ['make'], present: () => which('make') !== undefined },
  { packages: ['pkg-config'], present: () => which('pkg-config') !== undefined },
  { packages: ['libkrb5-dev'], present: () => tryRun('pkg-config', ['--exists', 'krb5-gssapi']) !== undefined },
  { packages: ['python3-venv'], present: () => tryRun('python3', ['-c', 'import ensurepip, venv']) !== undefined },
  // Ubuntu's chromium is a snap, which does not run in containers: the browser step takes Playwright's there.
  { packages: ['chromium', 'fonts-liberation'], present: () => isUbuntu() || findChromium() !== undefined },
];

/** @type {import('./steps.mjs').Step} */
export const systemPackages = {
  id: 'system',
  title: 'Debian packages',
  async run({ say, signal }) {
    const missing = needs.filter((need) => !need.present()).flatMap((need) => need.packages);
    if (missing.length === 0) return 'there already';
    const prefix = rootPrefix();
    const line = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
    if (!which('apt-get')) {
      throw new SetupError(
        `These are missing: ${missing.join(', ')} (Debian's names), and there is no apt-get here.`,
        'install them by your own package manager and run this again.',
      );
    }
    if (!prefix)
      throw new SetupError(
        `These Debian packages are missing: ${missing.join(', ')}.`,
        `run this as root, then try again: ${line}`,
      );
    say(missing.join(' '));
    await install(prefix, missing, signal);
    return missing.join(' ');
  },
};

/**
 * @param {string[]} prefix
 * @param {string[]} packages
 * @param {AbortSignal} signal
 */
async function install(prefix, packages, signal) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const todo = 'look at the lines above, mend what apt-get says and run this again.';
  /** @param {string[]} args */
  const aptGet = (args) => {
    const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...args];
    return run(command, rest, { log: 'apt-get', todo, env, signal });
  };
  await aptGet(['update']);
  await aptGet(['install', '-y', '--no-install-recommends', ...packages]);
}

/** @returns {boolean} */
function isUbuntu() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID=ubuntu$/m.test(readFileSync(file, 'utf8'));
}
