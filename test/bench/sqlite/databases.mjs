// @ts-check
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRepo, venvPython } from '../../harness/paths.mjs';

const generator = inRepo('test', 'bench', 'sqlite', 'make_databases.py');
const prefix = 'databases-';

/** The databases of make_databases.py, kept between runs of the bench until their generator changes. @returns {string} their folder */
export function databases() {
  const base = inRepo('out', 'bench');
  mkdirSync(base, { recursive: true });
  const name = prefix + createHash('sha1').update(readFileSync(generator)).digest('hex').slice(0, 12);
  const folder = path.join(base, name);
  if (existsSync(folder)) return folder;
  for (const old of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
    rmSync(path.join(base, old), { recursive: true });
  }
  const unfinished = `${folder}.unfinished`;
  mkdirSync(unfinished);
  execFileSync(venvPython(), [generator, unfinished], { stdio: 'pipe' });
  renameSync(unfinished, folder);
  return folder;
}
