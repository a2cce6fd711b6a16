import type { Event } from '../domain/ports';
import type { Ref } from '../domain/ref';
import { hasEnded, type Run } from '../domain/run';
import { Emitter } from './emitter';
import { ifFound } from './optional';
import type { RegistrySet } from './registrySet';
import type { Follower } from './watcher';

/** Runs of which the person wants to know when they end. Forgotten with the window. */
export class EndNotices {
  /** By registry and run id: the experiment's id. */
  private readonly awaited = new Map<string, Map<string, string>>();
  private readonly didEnd = new Emitter<{ readonly ref: Ref; readonly run: Run }>();

  /** An awaited run ended; each is told once. */
  readonly onDidEnd: Event<{ readonly ref: Ref; readonly run: Run }> = this.didEnd.event;

  constructor(private readonly registries: RegistrySet) {}

  /** Asked for also while nothing of Ringside is visible. */
  readonly follower: Follower = {
    shown: (registry) => {
      const runs = [...(this.awaited.get(registry) ?? [])].map(([runId, experimentId]) => ({ runId, experimentId }));
      if (runs.length === 0) return undefined;
      return { experimentIds: [], runs, models: [], expandedModels: [], folders: [] };
    },
    refresh: (registry) => this.refresh(registry),
  };

  /** Reads the run now: false where it has ended already. */
  async await({ registry, id }: Ref): Promise<boolean> {
    const run = await this.registries.get(registry).runs.get({ runId: id });
    if (hasEnded(run.status)) return false;
    this.add(registry, id, run.experimentId);
    return true;
  }

  add(registry: string, runId: string, experimentId: string): void {
    const runs = this.awaited.get(registry) ?? new Map<string, string>();
    this.awaited.set(registry, runs.set(runId, experimentId));
  }

  private async refresh(registry: string): Promise<boolean> {
    const runs = this.awaited.get(registry) ?? new Map<string, string>();
    let ended = false;
    for (const runId of [...runs.keys()]) {
      const run = await ifFound(this.registries.get(registry).runs.get({ runId }));
      if (run && !hasEnded(run.status)) continue;
      // One that was removed did not end.
      runs.delete(runId);
      ended = true;
      if (run) this.didEnd.fire({ ref: { kind: 'run', registry, id: runId }, run });
    }
    return ended;
  }
}
