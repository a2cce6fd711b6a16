// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { inRepo } from '../../harness/paths.mjs';
import { atMost } from '../figures.mjs';

/** What each page loads before it shows anything. */
export function firstLoads() {
  const entries = readdirSync(inRepo('dist/webview')).filter((file) => file.endsWith('.main.js'));
  return entries.flatMap((entry) => {
    const page = entry.replace('.main.js', '');
    const texts = [...loadedBy(entry)].map((file) => readFileSync(inRepo('dist/webview', file)));
    const kb = (/** @type {(text: Buffer) => number} */ size) =>
      texts.reduce((sum, text) => sum + size(text), 0) / 1024;
    return [
      atMost(
        `load-${page}`,
        `First load of the page '${page}', minified`,
        kb(({ length }) => length),
        'KB',
        250,
      ),
      atMost(
        `load-${page}-gzip`,
        `First load of the page '${page}', gzip`,
        kb((text) => gzipSync(text).length),
        'KB',
        80,
      ),
    ];
  });
}

/** A script with all that it imports before it runs. @param {string} entry */
function loadedBy(entry) {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(inRepo('dist/webview', file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) if (name) files.add(name);
  }
  return files;
}
