// @ts-check
'use strict';
const childProcess = require('node:child_process');
const dns = require('node:dns');
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const workers = require('node:worker_threads');

/** What a program reaches a file, a network, a process or a thread by. @type {[string, Record<string, any>][]} */
const doors = [
  ['fs', fs],
  ['fs.promises', fs.promises],
  ['net', net],
  ['net.Socket', net.Socket.prototype],
  ['dns', dns],
  ['dns.promises', dns.promises],
  ['http', http],
  ['https', https],
  ['child_process', childProcess],
  ['worker_threads', workers],
];
const counted = {
  'net.Socket': /^connect$/,
  net: /^(connect|createConnection|createServer)$/,
  dns: /^(lookup|resolve)/,
  'dns.promises': /^(lookup|resolve)/,
  http: /^(request|get)$/,
  https: /^(request|get)$/,
  child_process: /^(spawn|exec|execFile|fork|spawnSync|execSync|execFileSync)$/,
  worker_threads: /^Worker$/,
};

/**
 * Notes each call through a door that has code of `folder` on its stack, async frames included.
 * @param {string} folder of the extension; the load of its bundle itself is not counted, its caller is VS Code
 * @returns {string[]} grows
 */
exports.watchDoors = (folder) => {
  /** @type {string[]} */
  const calls = [];
  Error.stackTraceLimit = 60;
  for (const [door, target] of doors) {
    const wanted = Reflect.get(counted, door) ?? /^[a-z]/;
    for (const name of Object.getOwnPropertyNames(target)) {
      const before = Object.getOwnPropertyDescriptor(target, name);
      if (!wanted.test(name) || typeof before?.value !== 'function' || !before.writable) continue;
      const note = () => {
        if (new Error().stack?.includes(folder)) calls.push(`${door}.${name}`);
      };
      // A proxy keeps classes, promisified forms and statics as they are.
      target[name] = new Proxy(before.value, {
        apply: (call, self, args) => (note(), Reflect.apply(call, self, args)),
        construct: (call, args, base) => (note(), Reflect.construct(call, args, base)),
      });
    }
  }
  return calls;
};
