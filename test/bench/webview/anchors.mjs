// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../../harness/paths.mjs';
import { inStaging, npmInstall } from '../../harness/setup/npmHomes.mjs';

/** What our charts are measured beside; the bench alone has them, so that no set-up waits for their 60 MB. */
const packages = /** @type {const} */ ({
  plotly: { name: 'plotly.js-basic-dist-min', version: '4.1.1', file: 'plotly-basic.min.js' },
  echarts: { name: 'echarts', version: '6.1.0', file: 'dist/echarts.min.js' },
});

/** Installed at the first bench of a machine. @returns {Promise<{plotly: string, echarts: string}>} their scripts */
export async function anchorScripts() {
  return { plotly: await scriptOf(packages.plotly), echarts: await scriptOf(packages.echarts) };
}

/** @param {{readonly name: string, readonly version: string, readonly file: string}} anchor */
async function scriptOf({ name, version, file }) {
  const home = inCache(`${name}-${version}`);
  const script = path.join(home, 'node_modules', name, file);
  const isWhole = () => existsSync(script);
  if (!isWhole()) {
    console.log(`webview: installs ${name} ${version} to be measured beside`);
    await inStaging(
      home,
      (staging) => npmInstall(staging, `${name}@${version}`, process.env, AbortSignal.timeout(120_000)),
      isWhole,
    );
  }
  return script;
}
