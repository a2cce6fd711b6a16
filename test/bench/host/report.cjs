// @ts-check
'use strict';

/** Tells the bench something: VS Code hands the host's console to the page, and the page to the bench. */
exports.report = (/** @type {string} */ kind, /** @type {unknown} */ data) =>
  console.log(`BENCH ${JSON.stringify({ kind, data })}`);

/** Waits for a condition; the bench's own limit says when it does not come. @param {() => unknown} holds */
exports.until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** @param {number} ms */
exports.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
