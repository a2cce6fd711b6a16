// @ts-check
'use strict';
const { performance } = require('node:perf_hooks');

/** Tells the bench something: VS Code hands the host's console to the page, and the page to the bench. */
exports.report = (/** @type {string} */ kind, /** @type {unknown} */ data) =>
  console.log(`BENCH ${JSON.stringify({ kind, data })}`);

/** Waits for a condition; the bench's own limit says when it does not come. @param {() => unknown} holds */
exports.until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** @param {number} ms */
exports.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until the host has done next to nothing for a second: a window that opens keeps it busy for some. */
exports.atRest = async () => {
  for (let calm = 0; calm < 4;) {
    const before = performance.eventLoopUtilization();
    await exports.pause(250);
    calm = performance.eventLoopUtilization(before).utilization < 0.1 ? calm + 1 : 0;
  }
};
