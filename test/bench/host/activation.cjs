// @ts-check
'use strict';
const { performance } = require('node:perf_hooks');
const vscode = require('vscode');
const { watchDoors } = require('./io.cjs');
const { profiled } = require('./profiled.cjs');
const { atRest, pause, report, until } = require('./report.cjs');

/** How long after activation a late access would still be seen, in ms. */
const quiet = 1500;

/**
 * Activates Ringside while no view of it is shown, then shows one: the second half proves that the watch sees. Before
 * that the host comes to rest, else the time would be that of the other extensions that start with the window.
 */
exports.run = async () => {
  const extension = vscode.extensions.getExtension('ringside.ringside');
  if (!extension) throw new Error('Ringside is missing.');
  const calls = watchDoors(extension.extensionPath);
  await atRest();
  const ms = await profiled(`activation-${process.pid}`, () => timed(extension));
  await pause(quiet);
  const before = [...calls];
  await atRest();
  const control = await timed(vscode.extensions.getExtension('ringside-bench.empty'));
  await vscode.commands.executeCommand('ringside.experiments.focus');
  await until(() => calls.length > before.length);
  report('activation', { ms, control, before, seenLater: calls.slice(before.length) });
};

/** @param {vscode.Extension<unknown> | undefined} extension that is not active yet @returns {Promise<number>} ms */
async function timed(extension) {
  if (!extension || extension.isActive) throw new Error(`${extension?.id ?? 'An extension'} is missing, or active.`);
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}
