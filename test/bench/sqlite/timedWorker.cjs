// @ts-check
'use strict';
const path = require('node:path');
const { DatabaseSync } = require('node:sqlite');
const { BroadcastChannel } = require('node:worker_threads');

/*
 * The store's worker, telling of each of its statements how long it held the file, and how long it used the processor
 * meanwhile: on a busy machine other programs run between.
 */
const told = new BroadcastChannel('statements');
told.unref();
const prepare = Reflect.get(DatabaseSync.prototype, 'prepare');

DatabaseSync.prototype.prepare = function (/** @type {string} */ text) {
  const statement = Reflect.apply(prepare, this, [text]);
  for (const method of ['all', 'get']) {
    const run = Reflect.get(statement, method);
    Reflect.set(statement, method, (/** @type {unknown[]} */ ...values) =>
      timed(() => Reflect.apply(run, statement, values)),
    );
  }
  return statement;
};

/** @template T @param {() => T} run @returns {T} */
function timed(run) {
  const [start, used] = [performance.now(), processorTime()];
  const result = run();
  told.postMessage({ ms: performance.now() - start, used: processorTime() - used });
  return result;
}

/** ms of this thread; newer than the types of the oldest Node that the extension supports */
function processorTime() {
  const { user, system } = Reflect.get(process, 'threadCpuUsage').call(process);
  return (user + system) / 1000;
}

require(path.join(__dirname, '..', '..', '..', 'dist', 'worker.js'));
