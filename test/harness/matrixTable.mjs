// @ts-check
import { writeFileSync } from 'node:fs';
import { inRepo } from './paths.mjs';

/** @typedef {import('./matrix.mjs').Row} Row */

const heading = ['MLflow', 'SQLite store', 'file store', 'server', 'schema', 'without'];

/** @param {readonly Row[]} rows */
export function tableOf(rows) {
  return markdown([heading, ...rows.map(cells)]);
}

/** @param {readonly Row[]} rows */
export function writeTable(rows) {
  writeFileSync(inRepo('docs', 'compatibility.md'), `${introduction}\n${tableOf(rows)}`);
}

const introduction = `# Compatibility

What Ringside reads and writes is held to MLflow's own client, release by release: that client makes a SQLite store, a
file store and a store behind \`mlflow server\`, and the contract suite (\`test/contract\`) compares what Ringside reads
from each with what the client reads, and what Ringside writes with what the client then finds. A cell counts the tests
that passed; a test of a part that a release is without is not defined for it. \`npm run test:matrix\` wrote this file.
`;

/** @param {Row} row */
function cells({ release, results, head, lacks }) {
  const counts = [results.sqlite, results.files, results.rest].map(({ passed, failed }) =>
    failed > 0 ? `${passed}, **${failed} failed**` : String(passed),
  );
  return [release, ...counts, head ? `\`${head}\`` : '', lacks.join(', ')];
}

/**
 * A table as prettier formats it.
 * @param {string[][]} rows the heading first
 */
function markdown(rows) {
  const widths = heading.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (/** @type {string[]} */ row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [first = heading, ...rest] = rows;
  return `${[line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n')}\n`;
}
