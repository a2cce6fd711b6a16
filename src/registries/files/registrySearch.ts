import { valueOf } from '../../domain/experiment';
import { type ModelVersion, promptTag, type RegisteredModel } from '../../domain/model';
import type { Page, SearchRequest } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { matches, sortBy } from '../../domain/searchEvaluate';
import { registrySearch } from '../../domain/searchPrompts';
import { valuesOfModel, valuesOfVersion } from '../../domain/searchValues';
import { FileReader } from './fileReader';
import { LeftOut } from './leftOut';
import {
  existingModelFolder,
  isPrompt,
  modelFolder,
  modelNames,
  readAliases,
  readModel,
  readVersion,
  versionNumbers,
} from './modelFolder';
import { pageOf } from './paging';
import type { Pieces } from './pieces';

export function* searchModels(root: string, query: SearchRequest): Pieces<Page<RegisteredModel>> {
  const asked = parseFilter(query.filter, 'models');
  const orderBy = [...parseOrderBy(query.orderBy, 'models'), by('name', true)];
  const { showsPrompts, filter } = registrySearch(asked);
  const reader = new FileReader(root);
  const leftOut = new LeftOut();
  const found: RegisteredModel[] = [];
  for (const name of modelNames(root)) {
    const model = yield* leftOut.orBroken(modelFolder(root, name), readModel(reader, root, name));
    const isShown = model && (showsPrompts || !isPrompt(model));
    if (isShown && matches(filter, valuesOfModel(model))) found.push(model);
    yield undefined;
  }
  const sorted = sortBy(found, orderBy, (model, field) => valuesOfModel(model)(field)[0]);
  return { ...pageOf(sorted, query), ...leftOut.note, ...beyondNote(asked) };
}

/** Versions over all models; MLflow's default is last changed first. */
export function* searchVersions(root: string, query: SearchRequest): Pieces<Page<ModelVersion>> {
  const asked = parseFilter(query.filter, 'versions');
  const order = parseOrderBy(query.orderBy, 'versions');
  const first = order.length > 0 ? order : [by('last_updated_timestamp', false)];
  const { showsPrompts, filter } = registrySearch(asked);
  const reader = new FileReader(root);
  const leftOut = new LeftOut();
  const found: ModelVersion[] = [];
  for (const name of modelNames(root)) {
    const versions = yield* leftOut.orSkip(
      modelFolder(root, name),
      versionsOf(reader, existingModelFolder(root, name)),
    );
    for (const version of versions ?? []) {
      const isShown = showsPrompts || valueOf(version.tags, promptTag) !== 'true';
      if (isShown && matches(filter, valuesOfVersion(version))) found.push(version);
    }
  }
  const orderBy = [...first, by('name', true), by('version_number', false)];
  const sorted = sortBy(found, orderBy, (version, field) => valuesOfVersion(version)(field)[0]);
  return { ...pageOf(sorted, query), ...leftOut.note, ...beyondNote(asked) };
}

function* versionsOf(reader: FileReader, dir: string): Pieces<ModelVersion[]> {
  const aliases = readAliases(reader, dir);
  const versions: ModelVersion[] = [];
  for (const number of versionNumbers(dir)) {
    const version = yield* readVersion(reader, dir, String(number), aliases);
    if (version) versions.push(version);
    yield undefined;
  }
  return versions;
}

function by(key: string, ascending: boolean): OrderBy {
  return { field: { kind: 'attribute', key }, ascending };
}
