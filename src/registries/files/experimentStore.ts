import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Experiment } from '../../domain/experiment';
import type { ExperimentStore, Page } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy, SearchField } from '../../domain/searchAst';
import { matches, sortBy } from '../../domain/searchEvaluate';
import { valuesOfExperiment } from '../../domain/searchValues';
import { beyondNote } from '../../domain/searchBeyond';
import { FileReader, kindOf, subfolders } from './fileReader';
import { type FileStore } from './fileStore';
import { LeftOut } from './leftOut';
import { readMeta } from './metaFile';
import { numberField, textField } from './metaYaml';
import { pageOf } from './paging';
import type { Pieces } from './pieces';
import { readValues } from './runFolder';
import { type ExperimentFolder, experimentFolder, experimentFolders } from './storeRoot';

export function experimentReads(store: FileStore): Pick<ExperimentStore, 'search' | 'get' | 'holdsTraces'> {
  return {
    search: (query, signal) => store.run(() => searchExperiments(store.root, query), signal),
    get: ({ experimentId }, signal) => store.run(() => getExperiment(store.root, experimentId), signal),
    holdsTraces: ({ experimentId }, signal) => store.run(() => holdsTraces(store.root, experimentId), signal),
  };
}

/** An experiment's folder as an experiment; undefined where it is none. */
export function* readExperiment(reader: FileReader, folder: ExperimentFolder): Pieces<Experiment | undefined> {
  const meta = yield* readMeta(reader, folder.dir, 'experiment_id', 'name');
  if (!meta || textField(meta, 'experiment_id') !== folder.id) return undefined;
  const creationTime = numberField(meta, 'creation_time');
  const lastUpdateTime = numberField(meta, 'last_update_time');
  return {
    experimentId: folder.id,
    name: textField(meta, 'name') ?? '',
    artifactLocation: textField(meta, 'artifact_location') ?? '',
    lifecycleStage: folder.trashed || textField(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    ...(creationTime !== undefined && { creationTime }),
    ...(lastUpdateTime !== undefined && { lastUpdateTime }),
    tags: readValues(reader, folder.dir, 'tags'),
  };
}

type SearchQuery = Parameters<ExperimentStore['search']>[0];

function* searchExperiments(root: string, query: SearchQuery): Pieces<Page<Experiment>> {
  const filter = parseFilter(query.filter, 'experiments');
  const orderBy = order(parseOrderBy(query.orderBy, 'experiments'));
  const reader = new FileReader(root);
  const leftOut = new LeftOut();
  const found: Experiment[] = [];
  for (const folder of experimentFolders(root, query.view)) {
    const experiment = yield* leftOut.orBroken(folder.dir, readExperiment(reader, folder));
    if (experiment && matches(filter, valuesOfExperiment(experiment))) found.push(experiment);
    yield undefined;
  }
  return {
    ...pageOf(
      sortBy(found, orderBy, (one, field) => valuesOfExperiment(one)(field)[0]),
      query,
    ),
    ...leftOut.note,
    ...beyondNote(filter),
  };
}

/** MLflow's default, and its tie-breaker for an order of one's own (newest id first). */
function order(asked: readonly OrderBy[]): readonly OrderBy[] {
  const field = (key: string): SearchField => ({ kind: 'attribute', key });
  if (asked.length === 0) {
    return [
      { field: field('creation_time'), ascending: false },
      { field: field('experiment_id'), ascending: true },
    ];
  }
  return [...asked, { field: field('experiment_id'), ascending: false }];
}

function* getExperiment(root: string, experimentId: string): Pieces<Experiment> {
  const folder = experimentFolder(root, experimentId);
  const experiment = folder && (yield* readExperiment(new FileReader(root), folder));
  if (experiment) return experiment;
  throw noSuchExperiment(experimentId);
}

export function noSuchExperiment(experimentId: string): UserError {
  return new UserError('notFound', l10n.t('There is no experiment {0}.', experimentId), {
    next: l10n.t('It may have been removed: refresh the list.'),
  });
}

function* holdsTraces(root: string, experimentId: string): Pieces<boolean> {
  const folder = experimentFolder(root, experimentId);
  const traces = folder && path.join(folder.dir, 'traces');
  for (const name of traces ? subfolders(traces) : []) {
    if (kindOf(path.join(traces ?? '', name, 'trace_info.yaml')) === 'file') return true;
    yield undefined;
  }
  return false;
}
