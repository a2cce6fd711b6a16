import { UserError } from '../../domain/errors';
import type { Experiment } from '../../domain/experiment';
import { demand, whyNoBatch, whyNoExperimentName, whyNoRunName, whyNoTag } from '../../domain/limits';
import type { ExperimentStore, RunStore } from '../../domain/ports';
import { runNameTag } from '../../domain/run';
import { experimentIsDeleted, experimentNameTaken } from '../refusals';
import { experiment, run } from './decodeTracking';
import type { JsonObject } from './json';
import type { MlflowApi } from './mlflowApi';

type Query<Store, K extends keyof Store> = Store[K] extends (query: infer Q, ...rest: never[]) => unknown ? Q : never;

/** What changes experiments on a server (mlflow.md §1.4). */
export class RestExperimentWrites {
  constructor(protected readonly api: MlflowApi) {}

  async create(query: Query<ExperimentStore, 'create'>, signal?: AbortSignal): Promise<Experiment> {
    const { name, artifactLocation, tags = [] } = query;
    demand(whyNoExperimentName(name), ...tags.map((tag) => whyNoTag(tag, 'experiment')));
    const body = { name, ...(artifactLocation && { artifact_location: artifactLocation }), tags };
    const creating = this.api.write('POST', 'experiments/create', body, (json) => json.id('experiment_id'), signal);
    const experimentId = await creating.catch((error: unknown) => this.explainName(name, error, signal));
    return readExperiment(this.api, { experiment_id: experimentId }, signal);
  }

  async rename({ experimentId, name }: Query<ExperimentStore, 'rename'>, signal?: AbortSignal): Promise<void> {
    demand(whyNoExperimentName(name));
    const renaming = this.post('update', { experiment_id: experimentId, new_name: name }, signal);
    await renaming.catch((error: unknown) => this.explainName(name, error, signal));
  }

  delete({ experimentId }: Query<ExperimentStore, 'delete'>, signal?: AbortSignal): Promise<void> {
    return this.post('delete', { experiment_id: experimentId }, signal);
  }

  restore({ experimentId }: Query<ExperimentStore, 'restore'>, signal?: AbortSignal): Promise<void> {
    return this.post('restore', { experiment_id: experimentId }, signal);
  }

  async setTag({ experimentId, key, value }: Query<ExperimentStore, 'setTag'>, signal?: AbortSignal): Promise<void> {
    demand(whyNoTag({ key, value }, 'experiment'));
    await this.post('set-experiment-tag', { experiment_id: experimentId, key, value }, signal);
  }

  deleteTag({ experimentId, key }: Query<ExperimentStore, 'deleteTag'>, signal?: AbortSignal): Promise<void> {
    return this.post('delete-experiment-tag', { experiment_id: experimentId, key }, signal);
  }

  private post(endpoint: string, body: object, signal?: AbortSignal): Promise<void> {
    return this.api.write('POST', `experiments/${endpoint}`, body, () => undefined, signal);
  }

  /** Servers tell a taken name in the words and codes of their database (mlflow.md §1.2): ask who has it. */
  private async explainName(name: string, refusal: unknown, signal?: AbortSignal): Promise<never> {
    const mayBeTaken = refusal instanceof UserError && (refusal.kind === 'invalid' || refusal.kind === 'conflict');
    if (!mayBeTaken) throw refusal;
    const holder = await readExperiment(this.api, { experiment_name: name }, signal).catch(() => undefined);
    throw holder ? experimentNameTaken(holder, refusal) : refusal;
  }
}

/** What changes runs on a server (mlflow.md §1.5). */
export class RestRunWrites {
  constructor(protected readonly api: MlflowApi) {}

  async update({ runId, name, status, endTime }: Query<RunStore, 'update'>, signal?: AbortSignal): Promise<void> {
    if (name !== undefined) demand(whyNoRunName(name));
    const body = {
      run_id: runId,
      ...(name !== undefined && { run_name: name }),
      ...(status && { status }),
      ...(endTime !== undefined && { end_time: endTime }),
    };
    await this.post('update', body, signal);
  }

  delete({ runId }: Query<RunStore, 'delete'>, signal?: AbortSignal): Promise<void> {
    return this.post('delete', { run_id: runId }, signal);
  }

  /** MLflow would make an active run that no list of a deleted experiment shows. */
  async restore({ runId }: Query<RunStore, 'restore'>, signal?: AbortSignal): Promise<void> {
    const decode = (json: JsonObject): string => run(json.object('run')).experimentId;
    const experimentId = await this.api.get('runs/get', { run_id: runId }, decode, signal);
    const { lifecycleStage } = await readExperiment(this.api, { experiment_id: experimentId }, signal);
    if (lifecycleStage === 'deleted') throw experimentIsDeleted(experimentId);
    await this.post('restore', { run_id: runId }, signal);
  }

  async setTag({ runId, key, value }: Query<RunStore, 'setTag'>, signal?: AbortSignal): Promise<void> {
    demand(key === runNameTag ? whyNoRunName(value) : whyNoTag({ key, value }, 'run'));
    await this.post('set-tag', { run_id: runId, key, value }, signal);
  }

  deleteTag({ runId, key }: Query<RunStore, 'deleteTag'>, signal?: AbortSignal): Promise<void> {
    return this.post('delete-tag', { run_id: runId, key }, signal);
  }

  async log(batch: Query<RunStore, 'log'>, signal?: AbortSignal): Promise<void> {
    demand(whyNoBatch(batch));
    const { runId, params, tags } = batch;
    const metrics = batch.metrics.map((point) => ({ ...point, value: numberInJson(point.value) }));
    await this.post('log-batch', { run_id: runId, metrics, params, tags }, signal);
  }

  private post(endpoint: string, body: object, signal?: AbortSignal): Promise<void> {
    return this.api.write('POST', `runs/${endpoint}`, body, () => undefined, signal);
  }
}

/** JSON has no NaN and no infinities: MLflow takes their names (trap 6). */
function numberInJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function readExperiment(
  api: MlflowApi,
  by: { readonly experiment_id: string } | { readonly experiment_name: string },
  signal?: AbortSignal,
): Promise<Experiment> {
  const endpoint = 'experiment_id' in by ? 'experiments/get' : 'experiments/get-by-name';
  return api.get(endpoint, by, (json) => experiment(json.object('experiment')), signal);
}
