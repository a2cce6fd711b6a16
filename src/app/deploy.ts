import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import type { ModelVersion } from '../domain/model';
import { type Ref, versionOf } from '../domain/ref';
import { servingInput } from '../domain/servingInput';
import { oneLine } from '../domain/words';
import type { Endpoint, InvocationAnswer, LogPiece, ModelFolder, PythonInfo, Target } from '../domain/target';
import { addressOfRef, type Downloads } from './downloads';
import { Emitter } from './emitter';
import { ifFound } from './optional';
import type { RegistrySet } from './registrySet';

/** The example that MLflow keeps beside a model, in the scoring server's own format (mlflow.md §4). */
const servingExampleFile = 'serving_input_example.json';
/** All that older releases keep (2.14 does, 3.4 keeps both): the example as it was logged. */
const exampleFile = 'input_example.json';
const maxExampleBytes = 8 * 1024 * 1024;

export interface Trial {
  readonly endpoint: Endpoint;
  /** The JSON that was sent. */
  readonly payload: string;
  readonly answer: InvocationAnswer;
}

/** Serves versions on a target, tries them and stops them. */
export class Deployments {
  private readonly didChange = new Emitter<undefined>();
  /** An endpoint was started, stopped or removed by this window. */
  readonly onDidChange = this.didChange.event;

  constructor(
    private readonly registries: RegistrySet,
    private readonly target: Target,
    private readonly downloads: Downloads,
  ) {}

  list(signal?: AbortSignal): Promise<readonly Endpoint[]> {
    return this.target.list(signal);
  }

  /** Starts a server for a version and resolves when it answers. Runs Python: only in a trusted workspace. */
  async deploy(ref: Ref, python: PythonInfo, report: (step: string) => void, signal?: AbortSignal): Promise<Endpoint> {
    const { name: modelName, version } = versionOf(ref);
    report(l10n.t('reading v{0}', version));
    requireReady(await this.registries.get(ref.registry).models.version({ name: modelName, version }, signal));
    const model = await this.modelFolder(ref, signal);
    try {
      return await this.target.start({ registry: ref.registry, modelName, version, model, python }, report, signal);
    } finally {
      this.didChange.fire(undefined);
    }
  }

  /** In place where the artifacts are on this machine, else by our own download: Python fetches nothing. */
  private async modelFolder(ref: Ref, signal?: AbortSignal): Promise<ModelFolder> {
    const { registry, ...whole } = addressOfRef(ref);
    await this.requireModel(ref, signal);
    const { localPath } = await this.registries.get(registry).artifacts.locate(whole, signal);
    if (localPath !== undefined) return { path: localPath };
    return { fetch: (place, report, stop) => this.downloads.run({ registry, ...whole }, place, report, stop) };
  }

  /** Sends the version's own input example; a version without one is refused with what to do. */
  async tryIt(id: string, signal?: AbortSignal): Promise<Trial> {
    const endpoint = await this.endpoint(id, signal);
    const payload = await this.example(endpoint, signal);
    return { endpoint, payload, answer: await this.target.invoke(id, payload, signal) };
  }

  readLog(id: string, from: number): Promise<LogPiece> {
    return this.target.readLog(id, from);
  }

  async stop(id: string): Promise<void> {
    await this.target.stop(id);
    this.didChange.fire(undefined);
  }

  async remove(id: string): Promise<void> {
    await this.target.remove(id);
    this.didChange.fire(undefined);
  }

  async endpoint(id: string, signal?: AbortSignal): Promise<Endpoint> {
    const found = (await this.target.list(signal)).find((endpoint) => endpoint.id === id);
    if (found) return found;
    throw new UserError('notFound', l10n.t('That endpoint is gone.'), { next: l10n.t('Refresh the view.') });
  }

  /** A folder without MLmodel is a save that failed half-way (deploy-verified.md §0). */
  private async requireModel(ref: Ref, signal?: AbortSignal): Promise<void> {
    const { name, version } = versionOf(ref);
    const root = { kind: 'version', name, version } as const;
    const entries = await this.registries.get(ref.registry).artifacts.list({ root, path: '' }, signal);
    if (entries.some(({ path, isDir }) => !isDir && path === 'MLmodel')) return;
    throw new UserError('invalid', l10n.t('The artifacts of {0} v{1} hold no MLmodel file.', name, version), {
      next: l10n.t('Its model was not saved whole: log and register it again.'),
    });
  }

  private async example(endpoint: Endpoint, signal?: AbortSignal): Promise<string> {
    // Endpoints are found without the registries of their versions.
    await this.registries.ready();
    const serving = await ifFound(this.exampleText(endpoint, servingExampleFile, signal));
    if (serving !== undefined) return serving;
    const { modelName: name, version } = endpoint;
    const logged = await ifFound(this.exampleText(endpoint, exampleFile, signal));
    if (logged === undefined) throw noExample(l10n.t('{0} v{1} was logged without an input example.', name, version));
    const input = servingInput(logged);
    if (input === undefined)
      throw noExample(l10n.t('The input example of {0} v{1} is of a kind that no server takes.', name, version));
    return input;
  }

  private async exampleText(
    { registry, modelName: name, version }: Endpoint,
    path: string,
    signal?: AbortSignal,
  ): Promise<string> {
    const query = { root: { kind: 'version', name, version }, path, maxBytes: maxExampleBytes } as const;
    const { bytes, truncated } = await this.registries.get(registry).artifacts.read(query, signal);
    if (truncated) throw noExample(l10n.t('The input example of {0} v{1} is larger than 8 MB.', name, version));
    return new TextDecoder().decode(bytes);
  }
}

/** What a registration left that has not ended, or not well, may be half a model. */
function requireReady({ name, version, status, statusMessage }: ModelVersion): void {
  if (status === 'READY') return;
  if (status === 'PENDING_REGISTRATION')
    throw new UserError('conflict', l10n.t('{0} v{1} is still being registered.', name, version), {
      next: l10n.t('Refresh, and deploy it when its row says so no longer.'),
    });
  const what = l10n.t('The registration of {0} v{1} failed', name, version);
  throw new UserError(
    'invalid',
    statusMessage ? `${what}: ${oneLine(statusMessage).replace(/\.$/, '')}.` : `${what}.`,
    {
      next: l10n.t('Register it again from its run.'),
    },
  );
}

function noExample(message: string): UserError {
  return new UserError('invalid', message, {
    next: l10n.t('Give input_example to log_model, or send your own JSON to its /invocations.'),
  });
}
