import * as l10n from '@vscode/l10n';
import type { Artifact } from '../domain/artifact';
import { UserError } from '../domain/errors';
import { valueOf } from '../domain/experiment';
import { type LoggedModel, type ModelVersion, promptTag } from '../domain/model';
import type { NewModelVersion, Registry } from '../domain/ports';
import { type Ref, versionRef } from '../domain/ref';
import type { RegistrySet } from './registrySet';

/** Something of a run that can become a model version: a logged model (3.x), or an artifact folder with an MLmodel file. */
export type Candidate =
  { readonly kind: 'loggedModel'; readonly model: LoggedModel } | { readonly kind: 'artifact'; readonly path: string };

export interface RegistrationPreview {
  readonly registry: string;
  readonly version: NewModelVersion;
  /** The registered model is not there yet and will be created. */
  readonly newModel: boolean;
}

/** Folders deeper than this are not searched for models: nobody logs them there, and servers are asked per folder. */
const searchDepth = 3;
const searchedFolders = 200;

/** Makes a model version of what a run logged. */
export class Registrations {
  constructor(private readonly registries: RegistrySet) {}

  /** What the run offers, logged models first, newest first; a logged model offers itself. */
  async candidates({ kind, registry: name, id }: Ref, signal?: AbortSignal): Promise<readonly Candidate[]> {
    const registry = this.registries.get(name);
    if (kind === 'loggedModel')
      return [{ kind: 'loggedModel', model: await registry.loggedModels.get({ modelId: id }, signal) }];
    return this.ofRun(registry, id, signal);
  }

  private async ofRun(registry: Registry, runId: string, signal?: AbortSignal): Promise<readonly Candidate[]> {
    const run = await registry.runs.get({ runId }, signal);
    const logged = await registry.loggedModels.ofRun({ runId, experimentId: run.experimentId }, signal);
    const folders = await modelFolders(registry, runId, signal).catch((error: unknown) => {
      // Logged models lie elsewhere: they can be registered where the run's artifacts cannot be opened.
      if (logged.length > 0 && error instanceof UserError && error.kind !== 'cancelled') return [];
      throw error;
    });
    const models = [...logged].sort((a, b) => b.creationTime - a.creationTime);
    return [
      ...models.map((model): Candidate => ({ kind: 'loggedModel', model })),
      ...folders.map((path): Candidate => ({ kind: 'artifact', path })),
    ];
  }

  /** A prompt, which MLflow keeps as a model, takes no versions of one. */
  private async exists(registryName: string, name: string, signal?: AbortSignal): Promise<boolean> {
    try {
      const { tags } = await this.registries.get(registryName).models.get({ name }, signal);
      if (valueOf(tags, promptTag)?.toLowerCase() === 'true') throw isPrompt(name);
      return true;
    } catch (error) {
      if (error instanceof UserError && error.kind === 'notFound') return false;
      throw error;
    }
  }

  /** What registering would write; refuses what is not a model. */
  async preview(
    request: { from: Ref; model: string; candidate: Candidate },
    signal?: AbortSignal,
  ): Promise<RegistrationPreview> {
    const { from, model, candidate } = request;
    const version = await this.newVersion(from, model, candidate, signal);
    return { registry: from.registry, version, newModel: !(await this.exists(from.registry, model, signal)) };
  }

  /** Creates the model where it is new, then the version; returns the version as read back. */
  async apply({ registry: name, version }: RegistrationPreview, signal?: AbortSignal): Promise<ModelVersion> {
    const { models } = this.registries.get(name);
    // The model where no number came back: what a write without an answer did is not known.
    let made: Ref = { kind: 'model', registry: name, id: version.name };
    try {
      const created = await models.createVersion({ ...version, newModel: true }, signal);
      made = versionRef(name, version.name, created.version);
      return await models.version({ name: version.name, version: created.version }, signal);
    } finally {
      this.registries.forget(made);
    }
  }

  private async newVersion(
    from: Ref,
    name: string,
    candidate: Candidate,
    signal?: AbortSignal,
  ): Promise<NewModelVersion> {
    if (candidate.kind === 'loggedModel') {
      const { modelId, sourceRunId } = candidate.model;
      return { name, source: `models:/${modelId}`, modelId, ...(sourceRunId !== '' && { runId: sourceRunId }) };
    }
    const { path } = candidate;
    const registry = this.registries.get(from.registry);
    const run = await registry.runs.get({ runId: from.id }, signal);
    const root = { kind: 'run', runId: run.runId } as const;
    const entries = await registry.artifacts.list({ root, path }, signal);
    if (!entries.some(isMLmodel)) throw noModel(path);
    return { name, source: joinUri(run.artifactUri, path), runId: run.runId };
  }
}

async function modelFolders(registry: Registry, runId: string, signal?: AbortSignal): Promise<string[]> {
  const root = { kind: 'run', runId } as const;
  const found: string[] = [];
  let level = [''];
  let visited = 0;
  for (let depth = 0; depth <= searchDepth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const path of level) {
      if (visited++ >= searchedFolders) return found;
      const entries = await registry.artifacts.list({ root, path }, signal);
      // A model's own folders (`metadata/` holds a copy of MLmodel) are not models.
      if (entries.some(isMLmodel)) found.push(path);
      else next.push(...entries.filter(({ isDir }) => isDir).map((entry) => entry.path));
    }
    level = next;
  }
  return found;
}

function isMLmodel({ path, isDir }: Artifact): boolean {
  return !isDir && path.split('/').at(-1) === 'MLmodel';
}

function isPrompt(name: string): UserError {
  return new UserError('conflict', l10n.t('A prompt has the name "{0}".', name), {
    next: l10n.t('Choose another name.'),
  });
}

function noModel(path: string): UserError {
  return new UserError(
    'invalid',
    l10n.t("'{0}' holds no MLmodel file, so it is not a model that MLflow can load.", path),
    {
      next: l10n.t('Choose the folder that was given to log_model.'),
    },
  );
}

/** Appends a path to an artifact URI, before its query or fragment where it has one. */
export function joinUri(uri: string, path: string): string {
  if (path === '') return uri;
  const [, head = uri, tail = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^?#]*)([?#].*)$/i.exec(uri) ?? [];
  return `${head.replace(/\/$/, '')}/${path}${tail}`;
}
