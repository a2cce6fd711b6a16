import type { MessagePort } from 'node:worker_threads';
import type { Connection } from '../domain/connection';
import type { Registry } from '../domain/ports';

/** The groups of a registry and their methods: what can be asked across a worker's wire. */
export const remoteMethods = {
  experiments: ['search', 'get', 'holdsTraces', 'create', 'rename', 'delete', 'restore', 'setTag', 'deleteTag'],
  runs: ['search', 'get', 'histories', 'update', 'delete', 'restore', 'setTag', 'deleteTag', 'log'],
  frames: ['open', 'more', 'column', 'close'],
  loggedModels: ['search', 'ofRun', 'get'],
  models: [
    'search',
    'get',
    'versions',
    'searchVersions',
    'version',
    'create',
    'createVersion',
    'setAlias',
    'deleteAlias',
    'rename',
    'setDescription',
    'delete',
    'setTag',
    'deleteTag',
    'setVersionDescription',
    'deleteVersion',
    'setStage',
    'setVersionTag',
    'deleteVersionTag',
  ],
  artifacts: ['list', 'read', 'locate'],
  changes: ['stamp'],
} as const satisfies { [G in Groups]: readonly (keyof Registry[G])[] };

export type Groups = 'experiments' | 'runs' | 'frames' | 'loggedModels' | 'models' | 'artifacts' | 'changes';

/** One call of a method of a registry, whose argument is a plain value. */
export interface RemoteCall {
  /** `describe`, or a method of a group. */
  readonly group: Groups | undefined;
  readonly method: string;
  readonly query: unknown;
}

export interface WorkerProtocol {
  readonly methods: { call(call: RemoteCall): unknown };
  readonly events: object;
}

export interface StoreStart {
  readonly connection: Connection;
  readonly kind: 'sqlite' | 'files';
  /** As in OpenOptions. */
  readonly storageDir?: string;
}

export interface ValuesStart {
  readonly kind: 'values';
  readonly root: string;
}

/** What a worker is for: one store, help with reading one of files, or the big answers of one server. */
export type WorkerStart = StoreStart | ValuesStart | { readonly kind: 'bodies' };

/** What a thread is for, and the port on which it is asked from then on. */
export interface WorkerOrder {
  readonly start: WorkerStart;
  readonly port: MessagePort;
}

/** The thread that asks answers nothing. */
export interface CallerProtocol {
  readonly methods: object;
  readonly events: object;
}
