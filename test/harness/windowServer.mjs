// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { calmSettings, startCodeServer, stopLeftOvers } from './codeServer.mjs';
import { inRepo, venvPython } from './paths.mjs';

/**
 * code-server with the work tree as an installed extension, so that a plain address opens it.
 * @param {{base: string, port?: number, settings?: Record<string, unknown>}} options `base`: the folder of its user data
 *   and extensions
 */
export async function startWindowServer({ base, port = 0, settings }) {
  const userDataDir = userDataOf(base);
  const extensionsDir = path.join(base, 'extensions');
  await stopLeftOvers(userDataDir);
  installWorkTree(extensionsDir);
  setMachine(userDataDir);
  return startCodeServer({
    userDataDir,
    extensionsDir,
    logFile: serverLog(base),
    port,
    trust: true,
    smokeDriver: false,
    settings: { ...calmSettings, ...settings },
  });
}

/**
 * A server's window takes the interpreter, which depends on the machine, from the server's own settings only.
 * @param {string} userDataDir
 */
function setMachine(userDataDir) {
  const file = path.join(userDataDir, 'Machine', 'settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ 'ringside.python': venvPython() }, null, 2)}\n`);
}

/** @param {string} base */
export function userDataOf(base) {
  return path.join(base, 'user-data');
}

/** @param {string} base */
export function serverLog(base) {
  return inRepo('out', 'log', `${path.basename(base)}-server.log`);
}

/** @returns {Record<string, unknown>} a calm window that serves models with the repository's Python */
export function windowSettings() {
  return { ...calmSettings, 'ringside.python': venvPython() };
}

/**
 * Writes VS Code's own list of installed extensions with the work tree as the only one.
 * @param {string} extensionsDir
 */
function installWorkTree(extensionsDir) {
  const { publisher, name, version } = JSON.parse(readFileSync(inRepo('package.json'), 'utf8'));
  mkdirSync(extensionsDir, { recursive: true });
  const location = { $mid: 1, scheme: 'file', path: inRepo() };
  const relativeLocation = path.relative(extensionsDir, inRepo());
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location, relativeLocation };
  writeFileSync(path.join(extensionsDir, 'extensions.json'), JSON.stringify([entry]));
}
