// @ts-check
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { calmSettings } from './codeServer.mjs';
import { stopEndpoints } from './endpoints.mjs';
import { inRepo, repoRoot, scratchDir, venvPython } from './paths.mjs';
import { forgetResults, resultsFile, settleResults } from './results.mjs';
import { makeSampleWorkspace } from './sampleWorkspace.mjs';

/**
 * Runs the host tests in a desktop VS Code that is downloaded for it; needs a display (`xvfb-run -a` where there is none).
 * RINGSIDE_VSCODE names its version (default: the newest).
 */
async function main() {
  const suite = 'electron';
  const base = scratchDir(suite);
  const userDataDir = path.join(base, 'user-data');
  mkdirSync(path.join(userDataDir, 'User'), { recursive: true });
  writeFileSync(path.join(userDataDir, 'User', 'settings.json'), JSON.stringify(calmSettings));
  const folder = await makeSampleWorkspace(path.join(base, 'workspace'));
  forgetResults(suite);
  const results = { RINGSIDE_SUITE: suite, RINGSIDE_RESULTS: resultsFile(suite) };
  let trouble = /** @type {string | undefined} */ (undefined);
  try {
    await runTests({
      version: process.env['RINGSIDE_VSCODE'] ?? 'stable',
      extensionDevelopmentPath: repoRoot(),
      extensionTestsPath: inRepo('out', 'test', 'host', 'index.js'),
      extensionTestsEnv: {
        ...results,
        RINGSIDE_ROOT: repoRoot(),
        RINGSIDE_PYTHON: venvPython(),
        MLFLOW_TRACKING_URI: undefined,
      },
      launchArgs: [
        folder,
        `--user-data-dir=${userDataDir}`,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--no-sandbox',
      ],
    });
  } catch (error) {
    trouble = `VS Code ended badly: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await stopEndpoints(userDataDir);
    rmSync(base, { recursive: true, force: true });
  }
  const { passed, failed } = settleResults(suite, trouble);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

await main();
