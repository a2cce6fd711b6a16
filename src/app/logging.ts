import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { type KeyValue, valueOf } from '../domain/experiment';
import type { Metric } from '../domain/metric';
import type { RunBatch, RunStore } from '../domain/ports';
import type { Ref } from '../domain/ref';
import type { Run } from '../domain/run';
import type { RegistrySet } from './registrySet';
import { isDeleted, requireWrite } from './writable';

interface LogRequest {
  readonly ref: Ref;
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  /** Unlike a param, a tag may be set anew. */
  readonly tags?: readonly KeyValue[];
}

/** What would be added to a run. */
interface LogPreview extends LogRequest {
  /** The run's name. */
  readonly name: string;
}

/** What MLflow takes in one batch (mlflow.md §1.5). */
const metricsAtOnce = 1000;
const pairsAtOnce = 100;

/** Logs metric points, params and tags to a run: preview → re-read → write → verify by reading back. */
export class Logging {
  constructor(private readonly registries: RegistrySet) {}

  /** Refuses what MLflow would refuse half-way: a deleted run, a param that has another value. */
  async preview(request: LogRequest, signal?: AbortSignal): Promise<LogPreview> {
    await requireWrite(this.registries, request.ref.registry, signal);
    const run = await this.read(request, signal);
    return { ...request, name: run.runName || run.runId };
  }

  /** Writes in batches that MLflow takes, and returns the run with what was logged. */
  async apply(preview: LogPreview, signal?: AbortSignal): Promise<Run> {
    const { ref, metrics, params, tags = [] } = preview;
    const { runs } = this.registries.get(ref.registry);
    await this.read(preview, signal);
    try {
      for (const batch of batchesOf(preview)) await runs.log(batch, signal);
      const run = await runs.get({ runId: ref.id }, signal);
      const missing =
        lostOf(params, run.params) ?? lostOf(tags, run.tags) ?? (await missingMetric(runs, run, metrics, signal));
      if (missing !== undefined) throw notKept(missing);
      return run;
    } finally {
      this.registries.forget(ref);
    }
  }

  private async read({ ref, params }: LogRequest, signal?: AbortSignal): Promise<Run> {
    const run = await this.registries.get(ref.registry).runs.get({ runId: ref.id }, signal);
    if (run.lifecycleStage === 'deleted') throw isDeleted(run.runName || run.runId);
    for (const { key, value } of params) {
      const logged = valueOf(run.params, key);
      if (logged !== undefined && logged !== value) throw paramTaken(key, logged);
    }
    return run;
  }
}

function batchesOf({ ref, metrics, params, tags = [] }: LogRequest): RunBatch[] {
  const whole = { runId: ref.id, metrics, params, tags };
  const most = Math.max(params.length, tags.length);
  // What fits goes at once: then it is there as a whole or not at all.
  if (most <= pairsAtOnce && metrics.length + params.length + tags.length <= metricsAtOnce) return [whole];
  const none = { runId: ref.id, metrics: [], params: [], tags: [] };
  return [
    ...pieces(params, pairsAtOnce).map((piece) => ({ ...none, params: piece })),
    ...pieces(tags, pairsAtOnce).map((piece) => ({ ...none, tags: piece })),
    ...pieces(metrics, metricsAtOnce).map((piece) => ({ ...none, metrics: piece })),
  ];
}

function pieces<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** The first key that does not hold what was written last under it. */
function lostOf(written: readonly KeyValue[], kept: readonly KeyValue[]): string | undefined {
  const last = new Map(written.map(({ key, value }) => [key, value]));
  return [...last].find(([key, value]) => valueOf(kept, key) !== value)?.[0];
}

/** A point that is not the latest of its metric shows in the history alone. */
async function missingMetric(
  runs: RunStore,
  run: Run,
  points: readonly Metric[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const older = points.filter((point) => !run.metrics.some((metric) => isSame(metric, point)));
  for (const key of new Set(older.map((point) => point.key))) {
    const [history] = await runs.histories({ runIds: [run.runId], key }, signal);
    const logged = Array.from(history?.values ?? [], (value, i) => ({
      key,
      value,
      step: history?.steps[i] ?? NaN,
      timestamp: history?.timestamps[i] ?? NaN,
    }));
    if (older.some((point) => point.key === key && !logged.some((one) => isSame(one, point)))) return key;
  }
  return undefined;
}

function isSame(a: Metric, b: Metric): boolean {
  return a.key === b.key && a.step === b.step && a.timestamp === b.timestamp && isSameValue(a.value, b.value);
}

/** SQL stores keep an infinity as the largest double (mlflow.md trap 6). */
function isSameValue(a: number, b: number): boolean {
  const stored = (value: number): number => Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
  return Number.isNaN(a) ? Number.isNaN(b) : stored(a) === stored(b);
}

function paramTaken(key: string, value: string): UserError {
  return new UserError('conflict', l10n.t("The run has the param {0} = '{1}' already.", key, value), {
    next: l10n.t('A param cannot be changed once it is logged; nothing was written.'),
  });
}

function notKept(key: string): UserError {
  return new UserError('conflict', l10n.t('{0} was logged, but does not read back as it was written.', key), {
    next: l10n.t('Look at the run again.'),
  });
}
