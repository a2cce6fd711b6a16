import type { Metric, MetricHistory } from '../domain/metric';
import type { Registry } from '../domain/ports';
import type { Ref } from '../domain/ref';
import { emptyPoints, type ReducedPoints, reducePoints, type Reduction } from '../domain/reduce';
import { Askers } from './askers';
import { sameContent } from './same';

/** One line of a chart: a run of a registry; no run id for a version that came from none. */
export interface LineSource {
  readonly registry: string;
  readonly runId?: string;
}

/** The lines of items that are shown together, in their order. */
export function lineSources(
  items: readonly { readonly ref: Ref; readonly run?: { readonly runId: string } }[],
): LineSource[] {
  return items.map(({ ref, run }) => ({ registry: ref.registry, ...(run && { runId: run.runId }) }));
}

/** The latest point of each metric of a run. */
export interface LatestMetrics {
  readonly registry: string;
  readonly runId: string;
  readonly metrics: readonly Metric[];
}

/** Of items that are shown together; those without a run have none. */
export function latestMetrics(
  items: readonly {
    readonly ref: Ref;
    readonly run?: { readonly runId: string; readonly metrics: readonly Metric[] };
  }[],
): LatestMetrics[] {
  return items.flatMap(({ ref, run }) =>
    run ? [{ registry: ref.registry, runId: run.runId, metrics: run.metrics }] : [],
  );
}

/** Points (24 bytes each) that are kept while a panel is open, so that another axis or zoom reads nothing again. */
const keptPoints = 4_000_000;

interface Reading {
  readonly history: Promise<MetricHistory>;
  /** The charts that wait for it and for what was asked with it. */
  readonly askers: Askers;
}

/** Reads and reduces what the charts of one panel draw. */
export class ChartLines {
  private readonly histories = new Map<string, Reading>();
  /** Points of those that were read. */
  private readonly sizes = new Map<string, number>();

  constructor(private readonly registryOf: (name: string) => Registry) {}

  /** One reduced line per source, in their order; an empty one where a source has no such metric. */
  async read(
    sources: readonly LineSource[],
    key: string,
    reduction: Reduction,
    signal?: AbortSignal,
  ): Promise<ReducedPoints[]> {
    this.request(sources, key);
    const waits = sources.map(async (source) => {
      const reading = this.histories.get(cacheKey(source, key));
      return reading?.askers.wait(reading.history, signal);
    });
    const histories = await Promise.all(waits);
    this.shrink();
    return histories.map((history) => (history ? reducePoints(history, reduction) : { ...emptyPoints(), total: 0 }));
  }

  forget(): void {
    this.histories.clear();
  }

  forgetRuns(isForgotten: (runId: string) => boolean): void {
    for (const id of this.histories.keys()) if (isForgotten(runOf(id))) this.histories.delete(id);
  }

  /** Forgets the histories of metrics whose latest point is another now. */
  forgetMoved(before: readonly LatestMetrics[], after: readonly LatestMetrics[]): void {
    const points = new Map(before.map(({ registry, runId, metrics }) => [cacheKey({ registry, runId }, ''), metrics]));
    for (const { registry, runId, metrics } of after) {
      const known = new Map(points.get(cacheKey({ registry, runId }, ''))?.map((metric) => [metric.key, metric]));
      for (const metric of metrics) {
        if (!sameContent(known.get(metric.key), metric))
          this.histories.delete(cacheKey({ registry, runId }, metric.key));
      }
    }
  }

  /** Asks each registry once for all runs that are not kept yet. */
  private request(sources: readonly LineSource[], key: string): void {
    const wanted = sources.filter((source) => source.runId && !this.histories.has(cacheKey(source, key)));
    for (const name of new Set(wanted.map(({ registry }) => registry))) {
      const runIds = [...new Set(wanted.flatMap(({ registry, runId }) => (registry === name && runId ? [runId] : [])))];
      const askers = new Askers();
      const all = this.registryOf(name).runs.histories({ runIds, key }, askers.signal);
      runIds.forEach((runId, index) => {
        this.keep(cacheKey({ registry: name, runId }, key), { history: all.then(nth(index, runId, key)), askers });
      });
    }
  }

  private keep(id: string, reading: Reading): void {
    this.histories.set(id, reading);
    // A failed or cancelled read must be asked again.
    const drop = (): void => {
      if (this.histories.get(id) === reading) this.histories.delete(id);
    };
    reading.askers.signal.addEventListener('abort', drop, { once: true });
    reading.history.then(({ values }) => this.sizes.set(id, values.length), drop);
  }

  /** The oldest go first. */
  private shrink(): void {
    let points = 0;
    for (const id of this.histories.keys()) points += this.sizes.get(id) ?? 0;
    for (const id of this.histories.keys()) {
      if (points <= keptPoints) return;
      points -= this.sizes.get(id) ?? 0;
      this.histories.delete(id);
      this.sizes.delete(id);
    }
  }
}

function nth(index: number, runId: string, key: string): (all: readonly MetricHistory[]) => MetricHistory {
  return (all) => all[index] ?? { runId, key, ...emptyPoints() };
}

function cacheKey({ registry, runId }: LineSource, key: string): string {
  return JSON.stringify([registry, runId, key]);
}

function runOf(id: string): string {
  const [, runId] = JSON.parse(id) as [string, string];
  return runId;
}
