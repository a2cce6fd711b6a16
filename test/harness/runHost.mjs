// @ts-check
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bridgeConsole, isNoise, launchBrowser } from './browser.mjs';
import { remoteUri, startCodeServer, workbenchUrl } from './codeServer.mjs';
import { stopEndpoints } from './endpoints.mjs';
import { inRepo, repoRoot, scratchDir, venvPython } from './paths.mjs';
import { forgetResults, resultsFile, settleResults } from './results.mjs';
import { makeFoldersWorkspace, makeSampleWorkspace } from './sampleWorkspace.mjs';
import { indent, tail } from './setup/exec.mjs';

/**
 * Runs a bundled test module (it exports `run()`) in the extension host of a fresh code-server, seen by Chromium.
 * @param {{
 *   suite: string, tests: string, extension: string, trust: boolean, timeout: number,
 *   workspace?: string | undefined, folders?: boolean, settings?: Record<string, unknown>, port?: number | undefined,
 * }} options paths are absolute; `folders`: two of them, not one; `timeout` in ms for the tests themselves
 * @returns {Promise<import('./results.mjs').Results>} also written to out/results/<suite>.json
 */
export async function runInHost(options) {
  const { suite } = options;
  const base = scratchDir(suite);
  const userDataDir = path.join(base, 'user-data');
  const logFile = inRepo('out', 'log', `${suite}-server.log`);
  mkdirSync(userDataDir, { recursive: true });
  forgetResults(suite);
  const make = options.folders ? makeFoldersWorkspace : makeSampleWorkspace;
  const folder = options.workspace ?? (await make(path.join(base, 'workspace')));
  const env = {
    RINGSIDE_ROOT: repoRoot(),
    RINGSIDE_SUITE: suite,
    RINGSIDE_RESULTS: resultsFile(suite),
    RINGSIDE_PYTHON: venvPython(),
    RINGSIDE_SCRATCH: base,
    // Else MLflow's UI brings eight processes that only evaluate traces.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
  };
  const { trust, settings = {}, port = 0 } = options;
  const server = await startCodeServer({ userDataDir, logFile, trust, settings, port, smokeDriver: true, env });
  try {
    const trouble = await driveWindow(server.url, folder, options);
    const silent = trouble !== undefined && !existsSync(resultsFile(suite));
    if (silent) console.error(`${trouble}\nThe end of ${logFile}:\n${indent(tail(logFile, 30))}`);
    return settleResults(suite, trouble);
  } finally {
    await server.stop();
    await stopEndpoints(userDataDir);
    rmSync(base, { recursive: true, force: true });
  }
}

/**
 * @param {string} base address of the server
 * @param {string} folder
 * @param {{tests: string, extension: string, timeout: number}} options
 * @returns {Promise<string | undefined>} what went wrong, if anything did
 */
async function driveWindow(base, folder, { tests, extension, timeout }) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    /** @type {(code: number) => void} */
    let end = () => undefined;
    /** @type {Promise<number>} */
    const ended = new Promise((resolve) => (end = resolve));
    // VS Code calls these two by name when they are on the window (host-testing.md §5.1).
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) =>
      printLine(args),
    );
    await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => end(code));
    if (process.env['RINGSIDE_VERBOSE']) bridgeConsole(page, (type, text) => console.log(`[window ${type}] ${text}`));
    const payload = /** @type {[string, string][]} */ ([
      ['extensionDevelopmentPath', remoteUri(base, extension)],
      ['extensionTestsPath', remoteUri(base, tests)],
    ]);
    // Other suites start beside this one: 30 s may pass.
    await page.goto(workbenchUrl({ base, folder, payload }), { timeout: 120_000 });
    const code = await Promise.race([ended, after(timeout)]);
    if (code === undefined) return `The tests hung: no end after ${timeout / 1000} s.`;
    return code === 0 ? undefined : `The tests ended with exit code ${code}.`;
  } finally {
    await browser.close();
  }
}

/**
 * @param {number} ms
 * @returns {Promise<undefined>}
 */
function after(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}

/** @param {unknown[]} args */
function printLine(args) {
  const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
  if (!isNoise(text)) console.log(text);
}

async function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string', default: 'host' },
      tests: { type: 'string', default: 'out/test/host/index.js' },
      extension: { type: 'string', default: '.' },
      workspace: { type: 'string' },
      port: { type: 'string' },
      folders: { type: 'boolean', default: false },
      'no-trust': { type: 'boolean', default: false },
      timeout: { type: 'string', default: '300' },
    },
  });
  const absolute = (/** @type {string} */ file) => path.resolve(repoRoot(), file);
  const results = await runInHost({
    suite: values.suite,
    tests: absolute(values.tests),
    extension: absolute(values.extension),
    workspace: values.workspace === undefined ? undefined : absolute(values.workspace),
    port: values.port === undefined ? undefined : Number(values.port),
    folders: values.folders,
    trust: !values['no-trust'],
    // Whether one trusts a folder is asked in a modal window, which nobody answers here.
    settings: values['no-trust'] ? { 'security.workspace.trust.startupPrompt': 'never' } : {},
    timeout: Number(values.timeout) * 1000,
  });
  console.log(`${results.passed} passed, ${results.failed} failed`);
  process.exit(results.failed === 0 ? 0 : 1);
}

if (process.argv[1]?.endsWith('runHost.mjs')) void main();
