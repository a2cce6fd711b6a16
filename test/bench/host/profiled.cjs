// @ts-check
'use strict';
const { writeFileSync } = require('node:fs');
const { Session } = require('node:inspector/promises');
const path = require('node:path');

/**
 * With RINGSIDE_BENCH_PROFILE=FOLDER, a profile of the host goes there, to see what blocked.
 * @template T
 * @param {string} name of the profile
 * @param {() => Promise<T>} work
 */
exports.profiled = async (name, work) => {
  const folder = process.env['RINGSIDE_BENCH_PROFILE'];
  if (!folder) return work();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  const result = await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  writeFileSync(path.join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
  return result;
};
