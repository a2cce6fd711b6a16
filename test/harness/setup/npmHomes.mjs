// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeServerHome, oldestNodeHome, versions } from '../paths.mjs';
import { SetupError, envWithPath, run, tryRun } from './exec.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

const todo = 'look at the lines above, mend what they say and run this again; a half-finished install is started anew.';
const mark = 'ringside-complete';

/**
 * code-server in a folder of its own, with the Node that its native modules are compiled for.
 * @type {Step}
 */
export const codeServerInstall = {
  id: 'code-server',
  title: `code-server ${versions.codeServer}`,
  after: ['system'],
  async run({ say, signal }) {
    const home = codeServerHome();
    if (isComplete(home)) return 'there already';
    say('compiles native modules, about 3 minutes the first time');
    await inStaging(home, async (staging) => {
      // Node first and by itself: the postinstall of code-server compiles with the Node that it finds on PATH.
      await npmInstall(staging, `node@${versions.codeServerNode}`, process.env, signal);
      const env = envWithPath(path.join(staging, 'node_modules', '.bin'));
      await npmInstall(staging, `code-server@${versions.codeServer}`, env, signal);
      checkCodeServer(staging);
    });
    return undefined;
  },
};

/**
 * The oldest Node with `node:sqlite` as VS Code has it.
 * @type {Step}
 */
export const oldestNode = {
  id: 'oldest-node',
  title: `Node ${versions.oldestNode}`,
  async run({ say, signal }) {
    const home = oldestNodeHome();
    if (isComplete(home)) return 'there already';
    say('npm install');
    await inStaging(home, async (staging) => {
      await npmInstall(staging, `node@${versions.oldestNode}`, process.env, signal);
      if (nodeVersion(staging) === `v${versions.oldestNode}`) return;
      throw new SetupError(
        `npm did not install Node ${versions.oldestNode}.`,
        'allow install scripts (npm config get ignore-scripts should say false) and run this again.',
      );
    });
    return undefined;
  },
};

/**
 * Builds beside the folder and renames at the end, so that a folder of the final name is always whole.
 * @param {string} home
 * @param {(staging: string) => Promise<void>} build
 * @param {(home: string) => boolean} [isWhole]
 */
export async function inStaging(home, build, isWhole = isComplete) {
  removeLeftOvers(home);
  const staging = `${home}.partial-${process.pid}`;
  mkdirSync(staging, { recursive: true });
  try {
    await build(staging);
    writeFileSync(path.join(staging, mark), new Date().toISOString());
    // A second set-up on this machine may have been faster; what it made is as good.
    if (isWhole(home)) return;
    rmSync(home, { recursive: true, force: true });
    renameSync(staging, home);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Removes what interrupted installs left.
 * @param {string} home
 */
function removeLeftOvers(home) {
  const parent = path.dirname(home);
  mkdirSync(parent, { recursive: true });
  const prefix = `${path.basename(home)}.partial-`;
  const left = readdirSync(parent).filter(
    (name) => name.startsWith(prefix) && !existsSync(`/proc/${name.slice(prefix.length)}`),
  );
  for (const name of left) rmSync(path.join(parent, name), { recursive: true, force: true });
}

/** @param {string} home */
function isComplete(home) {
  return existsSync(path.join(home, mark)) && nodeVersion(home) !== undefined;
}

/**
 * @param {string} home
 * @returns {string | undefined}
 */
function nodeVersion(home) {
  return tryRun(path.join(home, 'node_modules', '.bin', 'node'), ['--version']);
}

/**
 * @param {string} dir
 * @param {string} spec
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
export async function npmInstall(dir, spec, env, signal) {
  const manifest = path.join(dir, 'package.json');
  const [name = ''] = spec.split('@');
  // npm runs the install scripts of reviewed packages only, from npm 12 on.
  const kept = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : { private: true, dependencies: {} };
  writeFileSync(
    manifest,
    JSON.stringify({ ...kept, allowScripts: { ...kept.allowScripts, [name]: true, argon2: true } }),
  );
  await run('npm', ['install', '--save-exact', '--no-audit', '--no-fund', spec], {
    log: 'code-server-install',
    todo,
    env: withoutNpm(env),
    cwd: dir,
    signal,
  });
}

/**
 * What the npm that started us says of itself (its folder, its Node) must not reach another npm.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutNpm(env) {
  const kept = Object.entries(env).filter(
    ([key]) =>
      !/^(npm_(lifecycle|package|command|execpath|node_execpath)|npm_config_(user_agent|local_prefix|global_prefix)$|INIT_CWD$)/.test(
        key,
      ),
  );
  return Object.fromEntries(kept);
}

/**
 * Loads what was compiled.
 * @param {string} home
 * @throws {SetupError}
 */
function checkCodeServer(home) {
  const server = path.join(home, 'node_modules', 'code-server');
  const script = "for (const name of ['@vscode/spdlog', '@vscode/sqlite3', 'kerberos']) require(name)";
  const loads = tryRun(path.join(home, 'node_modules', '.bin', 'node'), ['-e', script], {
    cwd: path.join(server, 'lib', 'vscode'),
  });
  if (loads !== undefined && existsSync(path.join(server, 'out', 'node', 'entry.js'))) return;
  throw new SetupError('code-server is installed, but its native modules do not load.', todo);
}
