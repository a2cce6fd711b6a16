import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Downloaded } from '../../../src/domain/download';
import { UserError } from '../../../src/domain/errors';
import type { ArtifactStore } from '../../../src/domain/ports';
import { download } from '../../../src/registries/download';
import { experimentMeta, open, plant, runMeta, type Tree, useFolder } from './files/tree';

export const root = { kind: 'run', runId: 'r' } as const;

export const placeOf = (target: string): { folder: string; name: string } => ({
  folder: path.dirname(target),
  name: path.basename(target),
});

/** A store of one run's artifacts for each test, and a folder to download to. */
export function useDownloads() {
  const folder = useFolder();
  const artifacts = (...parts: string[]): string => path.join(folder(), 'mlruns', '1', 'r', 'artifacts', ...parts);
  const to = (name = 'here'): string => path.join(folder(), 'to', name);
  const left = (): string[] => fs.readdirSync(path.dirname(to()));

  const store = (tree: Tree): ArtifactStore => {
    const run = { 'meta.yaml': runMeta('1', 'r'), artifacts: tree };
    plant(path.join(folder(), 'mlruns'), { '1': { 'meta.yaml': experimentMeta('1', 'e'), r: run } });
    fs.mkdirSync(path.dirname(to()), { recursive: true });
    return open(path.join(folder(), 'mlruns')).artifacts;
  };
  const get = (from: ArtifactStore, artifact: string, signal?: AbortSignal, target = to()): Promise<Downloaded> =>
    download(from, { root, path: artifact, ...placeOf(target) }, () => undefined, signal);

  /** It fails so, and leaves the folder of the target as it was. */
  const refused = async (work: Promise<unknown>, kind: string, words: RegExp): Promise<void> => {
    const before = left();
    await assert.rejects(work, (error) => error instanceof UserError && error.kind === kind && words.test(error.text));
    assert.deepEqual(left(), before);
  };

  return { folder, artifacts, to, left, store, get, refused };
}
