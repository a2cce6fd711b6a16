import * as l10n from '@vscode/l10n';
import type { Capabilities, StoreDescription } from '../../domain/ports';
import { divided } from '../workspaces';
import { lacksEndpoint } from './httpErrors';
import { type MlflowApi, unless } from './mlflowApi';
import type { RestModels } from './restModels';

export interface Server {
  /** The chosen one of MLflow's workspaces. */
  readonly workspace: string | undefined;
  readonly api: MlflowApi;
  /** The server of the model registry; often the same. */
  readonly registry: MlflowApi;
  /** Absent where the model registry is no server. */
  readonly models: RestModels | undefined;
}

interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** Asks for one experiment first: its failure is the sentence that says why the server cannot be read. */
export async function describeServer(server: Server, signal?: AbortSignal): Promise<StoreDescription> {
  const { api } = server;
  const workspaces = divided(server.workspace, await api.workspaces(signal));
  await api.search('experiments/search', { max_results: 1 }, (json) => json.objects('experiments').length, signal);
  const version = versionIn(await api.textIfThere('version', signal));
  const capabilities = await capabilitiesOf(server, version, signal);
  return {
    summary: version ? l10n.t('MLflow {0} server', version.text) : l10n.t('MLflow server'),
    ...(version && { version: version.text }),
    ...(workspaces && { workspaces }),
    capabilities,
  };
}

/** Hosted servers and releases before 2.9 tell no version, and some lack parts: then only asking tells (trap 24). */
async function capabilitiesOf(
  { api, registry, models }: Server,
  version: Version | undefined,
  signal?: AbortSignal,
): Promise<Capabilities> {
  const [hasModels, loggedModels, aliases, stages] = await Promise.all([
    models ? hasModelRegistry(models, signal) : false,
    version ? isFrom(version, 3, 0) : hasLoggedModels(api, signal),
    version ? isFrom(version, 2, 3) : hasAliases(registry, signal),
    version ? true : models?.hasStages(signal),
  ]);
  return {
    write: true,
    modelRegistry: hasModels,
    loggedModels,
    aliases: hasModels && aliases,
    stages: hasModels && stages === true,
    webUi: true,
  };
}

function versionIn(text: string | undefined): Version | undefined {
  const match = /^(\d+)\.(\d+)[\w.+-]*$/.exec(text ?? '');
  return match ? { text: match[0], major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

function isFrom(version: Version, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

function hasModelRegistry(models: RestModels, signal?: AbortSignal): Promise<boolean> {
  return isThere(models.search({ maxResults: 1 }, signal));
}

function hasAliases(registry: MlflowApi, signal?: AbortSignal): Promise<boolean> {
  return isThere(registry.get('registered-models/alias', { name: 'ringside', alias: 'ringside' }, () => true, signal));
}

function hasLoggedModels(api: MlflowApi, signal?: AbortSignal): Promise<boolean> {
  return isThere(api.search('logged-models/search', { experiment_ids: ['0'], max_results: 1 }, () => true, signal));
}

/** Whether the server knows the endpoint: any other refusal comes from the endpoint itself. */
function isThere(probe: Promise<unknown>): Promise<boolean> {
  return unless(
    unless(
      probe.then(() => true),
      lacksEndpoint,
      false,
    ),
    (error) => error.kind === 'notFound' || error.kind === 'invalid',
    true,
  );
}
