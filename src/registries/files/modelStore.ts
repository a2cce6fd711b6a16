import { valueOf } from '../../domain/experiment';
import { type ModelVersion, promptTag, type RegisteredModel } from '../../domain/model';
import type { ModelStore, Page } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy, SearchField } from '../../domain/searchAst';
import { compareText, type FieldValue, matches, sortBy } from '../../domain/searchEvaluate';
import { beyondNote } from '../../domain/searchBeyond';
import { FileReader } from './fileReader';
import { type FileStore } from './fileStore';
import {
  existingModelFolder,
  getModel,
  getVersion,
  isPrompt,
  modelFolder,
  modelNames,
  readAliases,
  readModel,
  readVersion,
  versionNumbers,
} from './modelFolder';
import { createModel, createVersion, deleteAlias, setAlias } from './modelWrites';
import { LeftOut } from './leftOut';
import { pageOf, pageStart, pageToken } from './paging';
import type { Pieces } from './pieces';

export function modelStore(store: FileStore): ModelStore {
  return {
    search: (query, signal) => store.run(() => searchModels(store.root, query), signal),
    get: ({ name }, signal) => store.run(() => getModel(store.root, name), signal),
    versions: (query, signal) => store.run(() => listVersions(store.root, query), signal),
    versionsOfRun: ({ runId }, signal) => store.run(() => versionsOfRun(store.root, runId), signal),
    version: ({ name, version }, signal) => store.run(() => getVersion(store.root, name, version), signal),
    create: (query, signal) => store.run(() => createModel(store.root, query), signal),
    createVersion: (query, signal) => store.run(() => createVersion(store.root, query), signal),
    setAlias: (query, signal) => store.run(() => setAlias(store.root, query), signal),
    deleteAlias: (query, signal) => store.run(() => deleteAlias(store.root, query), signal),
  };
}

type SearchQuery = Parameters<ModelStore['search']>[0];

function* searchModels(root: string, query: SearchQuery): Pieces<Page<RegisteredModel>> {
  const filter = parseFilter(query.filter, 'models');
  const byName: OrderBy = { field: { kind: 'attribute', key: 'name' }, ascending: true };
  const orderBy = [...parseOrderBy(query.orderBy, 'models'), byName];
  const reader = new FileReader(root);
  const leftOut = new LeftOut();
  const found: RegisteredModel[] = [];
  for (const name of modelNames(root)) {
    const model = yield* leftOut.orSkip(modelFolder(root, name), readModel(reader, root, name));
    if (model && !isPrompt(model) && matches(filter, (field) => valuesOf(model, field))) found.push(model);
    yield undefined;
  }
  const sorted = sortBy(found, orderBy, (model, field) => valuesOf(model, field)[0]);
  return { ...pageOf(sorted, query), ...leftOut.note, ...beyondNote(filter) };
}

function valuesOf(model: RegisteredModel, field: SearchField): readonly FieldValue[] {
  const value = field.kind === 'tag' ? tagOf(model, field.key) : attributeOf(model, field.key);
  return value === undefined ? [] : [value];
}

/** A model without the prompt tag counts as one that says it is none, as MLflow's own filter does. */
function tagOf(model: RegisteredModel, key: string): string | undefined {
  return valueOf(model.tags, key) ?? (key === promptTag ? 'false' : undefined);
}

function attributeOf(model: RegisteredModel, key: string): FieldValue | undefined {
  if (key === 'name') return model.name;
  return key === 'creation_timestamp' ? model.creationTime : model.lastUpdatedTime;
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

function* versionsOfRun(root: string, runId: string): Pieces<ModelVersion[]> {
  const reader = new FileReader(root);
  const found: ModelVersion[] = [];
  for (const name of modelNames(root).sort(compareText)) {
    const dir = existingModelFolder(root, name);
    const aliases = readAliases(reader, dir);
    for (const number of versionNumbers(dir)) {
      const version = yield* readVersion(reader, dir, String(number), aliases);
      if (version?.runId === runId) found.push(version);
      yield undefined;
    }
  }
  return found;
}
