import type { ModelVersion } from '../../domain/model';
import type { ModelStore, Page } from '../../domain/ports';
import { FileReader } from './fileReader';
import { type FileStore } from './fileStore';
import { existingModelFolder, getModel, getVersion, readAliases, readVersion, versionNumbers } from './modelFolder';
import { pageStart, pageToken } from './paging';
import type { Pieces } from './pieces';
import { searchModels, searchVersions } from './registrySearch';

export function modelReads(
  store: FileStore,
): Pick<ModelStore, 'search' | 'get' | 'versions' | 'searchVersions' | 'version'> {
  return {
    search: (query, signal) => store.run(() => searchModels(store.root, query), signal),
    get: ({ name }, signal) => store.run(() => getModel(store.root, name), signal),
    versions: (query, signal) => store.run(() => listVersions(store.root, query), signal),
    searchVersions: (query, signal) => store.run(() => searchVersions(store.root, query), signal),
    version: ({ name, version }, signal) => store.run(() => getVersion(store.root, name, version), signal),
  };
}

type VersionsQuery = Parameters<ModelStore['versions']>[0];

/** Reads only what the page needs: folder names give the order. */
function* listVersions(root: string, query: VersionsQuery): Pieces<Page<ModelVersion>> {
  const dir = existingModelFolder(root, query.name);
  const reader = new FileReader(root);
  const aliases = readAliases(reader, dir);
  const numbers = versionNumbers(dir);
  const items: ModelVersion[] = [];
  for (let at = pageStart(query.pageToken); at < numbers.length; at++) {
    if (items.length === query.maxResults) return { items, nextPageToken: pageToken(at) };
    const version = yield* readVersion(reader, dir, String(numbers[at]), aliases);
    if (version) items.push(version);
    yield undefined;
  }
  return { items };
}
