import { formatTime } from '../domain/format';
import type { ModelVersion } from '../domain/model';
import type { Registry } from '../domain/ports';
import { type Ref, versionOf, versionRef } from '../domain/ref';
import { runAt } from '../domain/runTable';

/** A run or version that can be compared with another. */
export interface CompareChoice {
  readonly ref: Ref;
  readonly label: string;
  readonly description: string;
}

/** More than this in a picker help nobody: the tree has a filter. */
const mostRuns = 200;
const mostModels = 50;
const mostVersions = 50;

/** What a run or version is likely to be compared with: of the same experiment or model; without one, the newest of all. */
export async function compareChoices(
  registry: Registry,
  near: Ref | undefined,
  signal?: AbortSignal,
): Promise<CompareChoice[]> {
  if (near?.kind === 'version') return versionsOf(registry, versionOf(near).name, signal);
  if (near?.kind === 'run') {
    const { experimentId } = await registry.runs.get({ runId: near.id }, signal);
    return runsOf(registry, [experimentId], signal);
  }
  const [models, experiments] = await Promise.all([
    registry.models.search({ maxResults: mostModels }, signal),
    registry.experiments.search({ view: 'active', maxResults: 1000 }, signal),
  ]);
  const versions = await Promise.all(models.items.map(({ name }) => versionsOf(registry, name, signal)));
  const ids = experiments.items.map(({ experimentId }) => experimentId);
  return [...versions.flat(), ...(ids.length > 0 ? await runsOf(registry, ids, signal) : [])];
}

async function versionsOf(registry: Registry, name: string, signal?: AbortSignal): Promise<CompareChoice[]> {
  const { items } = await registry.models.versions({ name, maxResults: mostVersions }, signal);
  return items.map((version) => versionChoice(registry.connection.name, version));
}

function versionChoice(registry: string, { name, version, aliases }: ModelVersion): CompareChoice {
  return {
    ref: versionRef(registry, name, version),
    label: `${name} v${version}`,
    description: aliases.map((alias) => `@${alias}`).join(' '),
  };
}

async function runsOf(
  registry: Registry,
  experimentIds: readonly string[],
  signal?: AbortSignal,
): Promise<CompareChoice[]> {
  const { table } = await registry.runs.search({ experimentIds, view: 'active', maxResults: mostRuns }, signal);
  const now = Date.now();
  return Array.from({ length: table.length }, (_, row) => {
    const { runId, runName, startTime } = runAt(table, row);
    const ref: Ref = { kind: 'run', registry: registry.connection.name, id: runId };
    return { ref, label: runName || runId, description: formatTime(startTime, now) };
  });
}
