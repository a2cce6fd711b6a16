import * as l10n from '@vscode/l10n';
import {
  type Artifact,
  type ArtifactBytes,
  type ArtifactLocation,
  type ArtifactRoot,
  type ArtifactStream,
  isSafeArtifactPath,
} from '../../domain/artifact';
import { UserError } from '../../domain/errors';
import type { ArtifactQuery, ArtifactStore } from '../../domain/ports';
import { existingFolder, join, parentOf, proxyPath, proxyRoute } from './artifactUris';
import { modelVersion } from './decodeModels';
import { loggedModel, run } from './decodeTracking';
import { isServerFault, lacksEndpoint } from './httpErrors';
import type { HttpReply } from './httpMessages';
import type { JsonObject } from './json';
import { type MlflowApi, type SignedLink, unless } from './mlflowApi';
import { allPages, pageToken } from './restTracking';

/** Where an artifact root lies on the server: a run or a logged model may hold it as a folder below its own root. */
type Place =
  | { readonly kind: 'run' | 'loggedModel'; readonly id: string; readonly folder: string }
  /** Below the server's artifact proxy. */
  | { readonly kind: 'proxy'; readonly folder: string };

/** Asks one of the routes that give out a file. */
type Ask<T> = (api: MlflowApi, route: string, params: Readonly<Record<string, string>>) => Promise<T>;

/** Gets the file from the storage itself. */
type Follow<T> = (link: SignedLink) => Promise<T>;

const maxHops = 5;

export class RestArtifacts implements ArtifactStore {
  /** `registry` knows model versions; it is another server where the connection has a registry of its own. */
  constructor(
    private readonly api: MlflowApi,
    private readonly registry: MlflowApi,
  ) {}

  async list(query: ArtifactQuery, signal?: AbortSignal): Promise<readonly Artifact[]> {
    checkPath(query.path);
    const place = await this.place(query.root, signal);
    const files = await this.filesBelow(place, query.path, signal).catch((error: unknown) =>
      this.unlisted(query.root, error, signal),
    );
    return files.sort((a, b) => Number(b.isDir) - Number(a.isDir) || (a.path < b.path ? -1 : 1));
  }

  /** A server that lacks a storage's package or credentials fails with nothing but a 500: the place tells what is wanted. */
  private async unlisted(root: ArtifactRoot, error: unknown, signal?: AbortSignal): Promise<never> {
    if (!(error instanceof UserError) || !isServerFault(error)) throw error;
    const uri = await unless(this.rootUri(root, signal), ({ kind }) => kind !== 'cancelled', '');
    throw /^(?!mlflow-artifacts:|file:)[\w+.-]+:/.test(uri) ? unreached(uri, this.api.server.shown, error) : error;
  }

  async read(query: ArtifactQuery & { readonly maxBytes: number }, signal?: AbortSignal): Promise<ArtifactBytes> {
    const { maxBytes } = query;
    const { bytes, size, complete } = await this.given<HttpReply>(
      query,
      (api, route, params) => api.file(route, params, maxBytes, signal),
      (link) => this.api.fileElsewhere(link, maxBytes, signal),
      signal,
    );
    return { bytes, ...(size !== undefined && { size }), truncated: !complete };
  }

  open(query: ArtifactQuery, signal?: AbortSignal): Promise<ArtifactStream> {
    return this.given<ArtifactStream>(
      query,
      (api, route, params) => api.openFile(route, params, signal),
      (link) => this.api.openElsewhere(link, signal),
      signal,
    );
  }

  /** By the server, else by the storage where that signs an address: a gateway may cut what takes the server long. */
  private async given<T>(query: ArtifactQuery, ask: Ask<T>, follow: Follow<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.served(query, ask, signal);
    } catch (error) {
      const mayLink = isServerFault(error) || (error instanceof UserError && error.kind === 'unsupported');
      const link = mayLink && (await this.link(query, signal));
      if (!link) throw error;
      return follow(link);
    }
  }

  /** An address on the storage itself, good for a while; of MLflow's storages only S3 signs them (3.17). */
  private async link(query: ArtifactQuery, signal?: AbortSignal): Promise<SignedLink | undefined> {
    const asking = this.askedLink(query, signal);
    return unless(asking, ({ kind }) => kind !== 'cancelled', undefined);
  }

  private async askedLink({ root, path: file }: ArtifactQuery, signal?: AbortSignal): Promise<SignedLink | undefined> {
    const folder = proxyPath(join(await this.rootUri(root, signal), file), this.api.server.host);
    if (folder !== undefined) return this.api.getPath(proxyRoute('presigned', folder), {}, proxyLink, signal);
    const place = await this.place(root, signal);
    if (place.kind !== 'run') return undefined;
    const body = { run_id: place.id, path: [place.folder, file].filter(Boolean).join('/') };
    return this.api.search('artifacts/presigned-download-url', body, runLink, signal);
  }

  async locate(query: ArtifactQuery, signal?: AbortSignal): Promise<ArtifactLocation> {
    checkPath(query.path);
    const root = await this.rootUri(query.root, signal);
    const uri = join(root, query.path);
    const localPath = this.api.server.isLoopback ? await existingFolder(uri) : undefined;
    return { uri, ...(localPath !== undefined && { localPath }) };
  }

  /** By the page that gives out files of any storage that the server can read, else by its artifact proxy. */
  private async served<T>(query: ArtifactQuery, ask: Ask<T>, signal?: AbortSignal): Promise<T> {
    checkPath(query.path);
    const { api, route, params } = this.download(query);
    try {
      return await ask(api, route, params);
    } catch (error) {
      // A missing artifact is a 500, as HTML or JSON (trap 12): only the listing tells it from a real fault.
      if (!isServerFault(error) && !lacksEndpoint(error)) throw error;
      return this.throughProxy(query, ask, error, signal);
    }
  }

  private download({ root, path: file }: ArtifactQuery): {
    readonly api: MlflowApi;
    readonly route: string;
    readonly params: Record<string, string>;
  } {
    switch (root.kind) {
      case 'run':
        return { api: this.api, route: 'get-artifact', params: { run_id: root.runId, path: file } };
      case 'version': {
        const params = { name: root.name, version: root.version, path: file };
        return { api: this.registry, route: 'model-versions/get-artifact', params };
      }
      case 'loggedModel': {
        const route = `ajax-api/2.0/mlflow/logged-models/${encodeURIComponent(root.modelId)}/artifacts/files`;
        return { api: this.api, route, params: { artifact_file_path: file } };
      }
    }
  }

  /** For servers whose download pages fail or lie elsewhere (`--static-prefix`); not there is said as such. */
  private async throughProxy<T>(query: ArtifactQuery, ask: Ask<T>, failure: unknown, signal?: AbortSignal): Promise<T> {
    const siblings = await this.list({ root: query.root, path: parentOf(query.path) }, signal);
    if (!siblings.some((artifact) => artifact.path === query.path && !artifact.isDir)) throw noFile(query.path);
    const uri = join(await this.rootUri(query.root, signal), query.path);
    const folder = proxyPath(uri, this.api.server.host);
    if (folder === undefined) throw unreadable(uri, failure);
    return ask(this.api, proxyRoute('artifacts', folder), {});
  }

  private async filesBelow(place: Place, below: string, signal?: AbortSignal): Promise<Artifact[]> {
    const folder = [place.folder, below].filter(Boolean).join('/');
    if (place.kind === 'proxy') return this.proxyFiles(folder, below, signal);
    const { api } = this;
    const isRun = place.kind === 'run';
    const endpoint = isRun ? 'artifacts/list' : `logged-models/${encodeURIComponent(place.id)}/artifacts/directories`;
    const files = await allPages(api, (token) => {
      const params = isRun
        ? { run_id: place.id, path: folder || undefined, page_token: token }
        : { artifact_directory_path: folder || undefined, page_token: token };
      return api.get(
        endpoint,
        params,
        (json) => ({ items: json.objects('files').map(artifact), ...pageToken(json, token) }),
        signal,
      );
    });
    const prefix = place.folder ? `${place.folder}/` : '';
    return files
      .filter((file) => file.path.startsWith(prefix))
      .map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
  }

  /** The proxy names files by their last part only (trap 13). */
  private async proxyFiles(folder: string, below: string, signal?: AbortSignal): Promise<Artifact[]> {
    const files = await this.api.getPath(
      'api/2.0/mlflow-artifacts/artifacts',
      { path: folder },
      (json) => json.objects('files').map(artifact),
      signal,
    );
    return files.map((file) => ({ ...file, path: [below, file.path].filter(Boolean).join('/') }));
  }

  private async place(root: ArtifactRoot, signal?: AbortSignal): Promise<Place> {
    if (root.kind === 'run') return { kind: 'run', id: root.runId, folder: '' };
    if (root.kind === 'loggedModel') return { kind: 'loggedModel', id: root.modelId, folder: '' };
    return this.placeOfVersion(root.name, root.version, maxHops, signal);
  }

  /** No endpoint lists a version's files, so its source is followed; a foreign address is never (trap 25). */
  private async placeOfVersion(name: string, version: string, hops: number, signal?: AbortSignal): Promise<Place> {
    const { source, modelId, runId } = await this.version(name, version, signal);
    const model = modelId ?? /^models:\/(m-[^/]+)$/.exec(source)?.[1];
    if (model !== undefined) return { kind: 'loggedModel', id: model, folder: '' };
    const ofRun = /^runs:\/+([^/]+)\/*(.*)$/.exec(source);
    if (ofRun?.[1]) return { kind: 'run', id: ofRun[1], folder: ofRun[2] ?? '' };
    const copied = /^models:\/+(.+)\/(\d+)$/.exec(source);
    if (copied?.[1] && copied[2] && hops > 0) return this.placeOfVersion(copied[1], copied[2], hops - 1, signal);
    const folder = proxyPath(source, this.api.server.host);
    if (folder !== undefined) return { kind: 'proxy', folder };
    const inRun = runId ? await this.folderInRun(runId, source, signal) : undefined;
    if (inRun === undefined) throw unreadable(source);
    return { kind: 'run', id: runId, folder: inRun };
  }

  /** The part of a source below its run's artifacts. */
  private async folderInRun(runId: string, source: string, signal?: AbortSignal): Promise<string | undefined> {
    const uri = await unless(
      this.rootUri({ kind: 'run', runId }, signal),
      (error) => error.kind === 'notFound',
      undefined,
    );
    const root = uri === undefined ? undefined : `${uri.replace(/\/+$/, '')}/`;
    return root !== undefined && `${source}/`.startsWith(root)
      ? source.slice(root.length).replace(/\/+$/, '')
      : undefined;
  }

  private rootUri(root: ArtifactRoot, signal?: AbortSignal): Promise<string> {
    switch (root.kind) {
      case 'run':
        return this.api.get('runs/get', { run_id: root.runId }, (json) => run(json.object('run')).artifactUri, signal);
      case 'loggedModel': {
        const endpoint = `logged-models/${encodeURIComponent(root.modelId)}`;
        return this.api.get(endpoint, {}, (json) => loggedModel(json.object('model')).artifactLocation, signal);
      }
      case 'version': {
        const params = { name: root.name, version: root.version };
        return this.registry.get(
          'model-versions/get-download-uri',
          params,
          (json) => json.text('artifact_uri'),
          signal,
        );
      }
    }
  }

  private version(name: string, version: string, signal?: AbortSignal): Promise<ReturnType<typeof modelVersion>> {
    const decode = (json: JsonObject): ReturnType<typeof modelVersion> => modelVersion(json.object('model_version'));
    return this.registry.get('model-versions/get', { name, version }, decode, signal);
  }
}

function runLink(json: JsonObject): SignedLink {
  return { url: json.text('presigned_url'), headers: json.objectOrEmpty('headers').allTexts() };
}

function proxyLink(json: JsonObject): SignedLink {
  return { url: json.text('url'), headers: json.objectOrEmpty('headers').allTexts() };
}

function artifact(json: JsonObject): Artifact {
  const isDir = json.flag('is_dir');
  const size = json.optionalNumber('file_size');
  return { path: json.text('path'), isDir, ...(!isDir && size !== undefined && { size }) };
}

function checkPath(artifactPath: string): void {
  if (isSafeArtifactPath(artifactPath)) return;
  throw new UserError('invalid', l10n.t('“{0}” is not the path of an artifact.', artifactPath));
}

function noFile(file: string): UserError {
  return new UserError('notFound', l10n.t('There is no artifact “{0}”.', file), { next: l10n.t('Refresh the list.') });
}

/** The cause stays what the server answered, by which it is known as its fault. */
function unreached(uri: string, server: string, { cause }: UserError): UserError {
  return new UserError('unreachable', l10n.t('{0} failed to reach the artifacts at {1}.', server, uri), {
    next: l10n.t(
      'Give the server the Python package and the credentials of that storage; its log says what it misses.',
    ),
    cause,
  });
}

/** `cause` is what the server answered instead of the file. */
function unreadable(uri: string, cause?: unknown): UserError {
  return new UserError('unsupported', l10n.t('The server does not give out files from {0}.', uri), {
    next: lacksEndpoint(cause)
      ? l10n.t('If it runs with --static-prefix, use the address of its web page; else that place’s own tools.')
      : l10n.t('Open that place with its own tools.'),
    cause,
  });
}
