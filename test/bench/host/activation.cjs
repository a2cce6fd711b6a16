// @ts-check
'use strict';
const { performance } = require('node:perf_hooks');
const vscode = require('vscode');
const { watchDoors } = require('./io.cjs');
const { pause, report, until } = require('./report.cjs');

/** How long after activation a late access would still be seen, in ms. */
const quiet = 1500;

/** Activates Ringside while no view of it is shown, then shows one: the second half proves that the watch sees. */
exports.run = async () => {
  const extension = vscode.extensions.getExtension('ringside.ringside');
  if (!extension || extension.isActive) throw new Error('Ringside is missing, or active before a view is shown.');
  const calls = watchDoors(extension.extensionPath);
  const start = performance.now();
  await extension.activate();
  const ms = performance.now() - start;
  await pause(quiet);
  const before = [...calls];
  await vscode.commands.executeCommand('ringside.experiments.focus');
  await until(() => calls.length > before.length);
  report('activation', { ms, before, seenLater: calls.slice(before.length) });
};
