// @ts-check
import { SetupError, tryRun } from './exec.mjs';

/**
 * Says in one sentence why this machine cannot run the harness, before anything is touched.
 * @throws {SetupError}
 */
export function checkPlatform() {
  if (process.platform !== 'linux') {
    throw new SetupError(
      'This command sets up Linux machines (Debian or Ubuntu) only.',
      'open this folder in VS Code, run npm install in its terminal and press F5: a second window opens with Ringside in it.',
    );
  }
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: 20 or newer is needed.`,
      'install Node 20 or newer and run this again.',
    );
  }
}

/**
 * The Python that makes the environment.
 * @returns {string} its version
 * @throws {SetupError}
 */
export function checkPython() {
  const version = tryRun('python3', ['-c', 'import platform; print(platform.python_version())']);
  if (version === undefined)
    throw new SetupError('There is no python3 here.', 'install Python 3.10 or newer and run this again.');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 10)) {
    throw new SetupError(
      `Python ${version} is too old: 3.10 or newer is needed.`,
      'put a newer python3 first in PATH and run this again.',
    );
  }
  return version;
}

/**
 * What makes a command run as root without asking; undefined where nothing does.
 * @returns {string[] | undefined}
 */
export function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return tryRun('sudo', ['-n', 'true']) === undefined ? undefined : ['sudo', '-n'];
}
