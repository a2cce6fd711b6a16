// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { inRepo } from '../../harness/paths.mjs';
import { atMost } from '../figures.mjs';

/** Parts that a page loads by itself, though it draws before they are there. */
const unasked = 'chartsPane-';

/** What each page loads before anybody asks for more: of the table of runs with the charts beside it. */
export function firstLoads() {
  const entries = readdirSync(inRepo('dist/webview')).filter((file) => file.endsWith('.main.js'));
  return entries.flatMap((entry) => {
    const page = entry.replace('.main.js', '');
    const files = [...loadedBy(entry)];
    const beside = files.some((file) => file.startsWith(unasked)) ? ' and the charts beside it' : '';
    const texts = files.map((file) => readFileSync(inRepo('dist/webview', file)));
    const kb = (/** @type {(text: Buffer) => number} */ size) =>
      texts.reduce((sum, text) => sum + size(text), 0) / 1024;
    return [
      atMost(
        `load-${page}`,
        `First load of the page '${page}'${beside}, minified`,
        kb(({ length }) => length),
        'KB',
        250,
      ),
      atMost(
        `load-${page}-gzip`,
        `First load of the page '${page}'${beside}, gzip`,
        kb((text) => gzipSync(text).length),
        'KB',
        80,
      ),
    ];
  });
}

/** A script with all that it imports before it runs, and what it loads unasked after. @param {string} entry */
function loadedBy(entry) {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(inRepo('dist/webview', file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) if (name) files.add(name);
    for (const [, name] of text.matchAll(/import\("\.\/([^"]+)"\)/g)) if (name?.startsWith(unasked)) files.add(name);
  }
  return files;
}
