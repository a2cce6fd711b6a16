import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Feature, mlflowEnv, python } from './mlflow';

export type Json = Record<string, unknown>;
export type View = 'active' | 'deleted' | 'all';
/** `[step, timestamp, value]` */
export type PointJson = readonly [number, number, unknown];
/** `[key, step, timestamp, value]` */
export type LatestJson = readonly [string, ...PointJson];

/** What `registry()` of read_store.py gives. */
export interface RegistryReading {
  /** `[name, description, aliases, tags]` */
  readonly models: readonly (readonly [string, string, Record<string, string>, Record<string, string>])[];
  /** `[version, source, run id, stage, description, tags]` */
  readonly versions: Record<string, readonly (readonly [string, string, string, string, string, Json])[]>;
}

/** `[version, source, aliases, status, user, logged model, created, updated]` */
export type VersionDetails = readonly [string, string, readonly string[], string, string, string, number, number];

/** What `registry_details()` of read_store.py gives. */
interface RegistryDetails {
  /** Created and updated. */
  readonly models: Record<string, readonly [number, number]>;
  readonly versions: Record<string, readonly VersionDetails[]>;
}

/** What `read()` of read_store.py gives. */
export interface Reading {
  readonly features: Record<Feature, boolean>;
  /** `[id, name, stage, tags, artifact location, created, updated]` */
  readonly experiments: Record<View, readonly (readonly [string, string, string, Json, ...unknown[]])[]>;
  readonly runs: Record<View, readonly Json[]>;
  /** The run with every kind of value. */
  readonly first: string;
  /** Of the active runs, by id and sorted by key. */
  readonly latest: Record<string, readonly LatestJson[]>;
  readonly links: Record<string, { readonly datasets: readonly unknown[]; inputs: string[]; outputs: unknown[] }>;
  readonly histories: Record<string, readonly PointJson[]>;
  readonly searches: Record<string, readonly string[] | 'refused'>;
  readonly orders: Record<string, readonly string[] | 'refused'>;
  readonly artifacts: Record<string, readonly (readonly [string, boolean, number | null])[]>;
  readonly loggedModels: readonly (readonly [string, ...unknown[]])[];
  readonly registry: RegistryReading;
  readonly registryDetails: RegistryDetails;
}

/** What `experiment()` of write_store.py gives. */
export interface ExperimentReading {
  readonly name: string;
  readonly stage: string;
  readonly location: string;
  readonly tags: Json;
  readonly created: number;
  readonly updated: number;
  /** Lifecycle stages by run id. */
  readonly runs: Record<string, string>;
}

/** What `version()` of write_store.py gives. */
export interface VersionReading {
  readonly description: string;
  readonly stage: string;
  readonly tags: Json;
  readonly aliases: readonly string[];
  readonly created: number;
  readonly updated: number;
  readonly modelUpdated: number;
}

/** What oracle.py does. */
type Deed =
  | 'fill'
  | 'change'
  | 'read'
  | 'registry'
  | 'download'
  | 'fetch'
  | 'delete_version'
  | 'make_run'
  | 'run'
  | 'points'
  | 'experiment'
  | 'version'
  | 'carry_on'
  | 'carry_models_on'
  | 'hammer'
  | 'watch'
  | 'fill_search'
  | 'search'
  | 'workspaces'
  | 'on_s3'
  | 'log_into_run';

/** MLflow's own Python client in a process of its own, asked line by line (oracle.py). */
export class Oracle {
  private readonly child: ChildProcess;
  private readonly waiting: ((line: string) => void)[] = [];
  private ended = false;

  /** `by`: another Python than that of the release under test, and what it has to know. */
  constructor(folder: string, by: { readonly python?: string; readonly env?: NodeJS.ProcessEnv } = {}) {
    const script = path.resolve(process.env['RINGSIDE_ROOT'] ?? '.', 'test/fixtures/contract/oracle.py');
    this.child = spawn(by.python ?? python, [script], {
      cwd: folder,
      env: { ...mlflowEnv, ...by.env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.waiting.shift()?.(line));
    this.child.once('close', () => {
      this.ended = true;
      for (const answer of this.waiting.splice(0)) answer('{"error": "the oracle ended"}');
    });
  }

  async ask<T>(deed: Deed, ...args: unknown[]): Promise<T> {
    if (this.ended) throw new Error('the oracle ended');
    this.child.stdin!.write(`${JSON.stringify([deed, ...args])}\n`);
    const line = await new Promise<string>((resolve) => this.waiting.push(resolve));
    const { answer, error } = JSON.parse(line) as { answer: T; error?: string };
    if (error !== undefined) throw new Error(`MLflow's client failed to ${deed}: ${error}`);
    return answer;
  }

  dispose(): void {
    this.child.kill('SIGKILL');
  }
}
