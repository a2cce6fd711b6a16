// @ts-check
'use strict';
const { report } = require('./report.cjs');

/** VS Code calls this when the extension host is ready; it stays, so that the window does. */
exports.run = () => {
  report('ready', {});
  return new Promise(() => undefined);
};
