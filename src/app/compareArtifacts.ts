import type { Artifact, ArtifactRoot } from '../domain/artifact';
import type { ArtifactFile, ArtifactPair } from '../domain/artifactPair';
import type { ArtifactStore } from '../domain/ports';
import type { ComparedItem } from './compare';
import { modelFolderOf } from './compareDetails';

/** Folders that are listed of one item; a checkpoint folder may hold thousands. */
const mostFolders = 50;
const mostFiles = 1000;

/** The files of all items by path; `more`: not all folders were looked at. */
export async function pairArtifacts(
  items: readonly ComparedItem[],
  storeOf: (registry: string) => ArtifactStore,
  signal?: AbortSignal,
): Promise<{ pairs: ArtifactPair[]; more: boolean }> {
  const lists = await Promise.all(items.map((item) => filesOf(item, storeOf, signal)));
  const pairs = new Map<string, (ArtifactFile | null)[]>();
  lists.forEach(({ files }, index) => {
    for (const [label, file] of files) {
      const row = pairs.get(label) ?? items.map(() => null);
      row[index] = file;
      pairs.set(label, row);
    }
  });
  const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
  return { pairs: sorted.map(([path, files]) => ({ path, files })), more: lists.some(({ more }) => more) };
}

type LabelledFile = readonly [label: string, file: ArtifactFile];

/** Of its run, and of its model below `model/`, wherever the store keeps that. */
async function filesOf(
  item: ComparedItem,
  storeOf: (registry: string) => ArtifactStore,
  signal?: AbortSignal,
): Promise<{ readonly files: readonly LabelledFile[]; readonly more: boolean }> {
  if (item.gone !== undefined) return { files: [], more: false };
  const store = storeOf(item.ref.registry);
  const model = modelFolderOf(item);
  const roots: [string, ArtifactRoot][] = [];
  if (item.run) roots.push(['', { kind: 'run', runId: item.run.runId }]);
  if (model && model.root.kind !== 'run') roots.push(['model/', model.root]);
  const files: LabelledFile[] = [];
  let folders = roots.map(([label, root]) => ({ label, root, path: '' }));
  let listed = 0;
  while (folders.length > 0 && listed < mostFolders && files.length < mostFiles) {
    const level = folders.slice(0, mostFolders - listed);
    listed += level.length;
    const lists = await Promise.all(level.map(({ root, path }) => store.list({ root, path }, signal)));
    const found = level.flatMap(({ label, root }, i) => (lists[i] ?? []).map((each) => ({ label, root, each })));
    files.push(...found.filter(({ each }) => !each.isDir).map(({ label, root, each }) => fileOf(label, root, each)));
    const below = found
      .filter(({ each }) => each.isDir)
      .map(({ label, root, each }) => ({ label, root, path: each.path }));
    folders = [...folders.slice(level.length), ...below];
  }
  return { files: files.slice(0, mostFiles), more: folders.length > 0 || files.length > mostFiles };
}

function fileOf(label: string, root: ArtifactRoot, { path, size }: Artifact): LabelledFile {
  return [`${label}${path}`, { root, path, ...(size !== undefined && { size }) }];
}
