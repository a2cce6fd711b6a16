import { Browser } from '../../src/app/browse';
import { BrowseOptions, type Memory } from '../../src/app/browseOptions';
import type { Expanded } from '../../src/app/expanded';
import { RegistrySet } from '../../src/app/registrySet';
import { type Follower, Watcher } from '../../src/app/watcher';
import { noContract } from '../../src/domain/contract';
import type { Registry } from '../../src/domain/ports';

const forgetful: Memory = { get: (_, fallback) => fallback, update: () => Promise.resolve() };
const noTeam = { get: () => Promise.resolve(noContract), onDidChange: () => ({ dispose: () => undefined }) };

/** The side bar's trees without a side bar: one store, with this much of it expanded. */
export class Trees {
  readonly registries: RegistrySet;
  private readonly browser: Browser;

  constructor(
    registry: Registry,
    readonly expanded: Expanded,
  ) {
    this.registries = new RegistrySet(() => registry, Date.now);
    this.registries.setConnections([registry.connection]);
    this.browser = new Browser(this.registries, new BrowseOptions(forgetful), noTeam, () => 50);
  }

  get registry(): string {
    return this.registries.connections[0]?.name ?? '';
  }

  /** Asks for all that is expanded, as VS Code does when it draws. */
  async draw(): Promise<void> {
    const { browser, expanded, registry } = this;
    await browser.experiments(registry);
    for (const scope of expanded.runs) await browser.runs(scope);
    for (const experimentId of expanded.loggedModelsOf) {
      const key = { registry, experimentId };
      if (await browser.holdsLoggedModels(key)) await browser.loggedModels(key);
    }
    for (const runId of expanded.runIds) await browser.run(registry, runId);
    for (const { root, path } of expanded.folders) await browser.artifacts(registry, root, path);
    if (!expanded.models) return;
    await browser.models(registry);
    for (const name of expanded.versionsOf) {
      const { items } = await browser.versions(registry, name);
      await browser.sourceRuns(registry, items);
    }
  }

  /** Whether a reading behind what is drawn finds something new; draws it. */
  async isNew(whole: boolean): Promise<boolean> {
    const found = await this.browser.refresh(this.registry, this.expanded, whole);
    await this.draw();
    return found;
  }

  /** The latest value of a metric of the expanded run, as it is drawn. */
  async metric(key: string): Promise<number | undefined> {
    const run = await this.browser.run(this.registry, this.expanded.runIds[0] ?? '');
    return run.metrics.find((metric) => metric.key === key)?.value;
  }

  follower(): Follower {
    return {
      shown: (registry) => this.browser.shown(registry, this.expanded),
      refresh: (_, whole) => this.isNew(whole),
    };
  }
}

/** Trees that follow their store as in the window, and how often they looked. */
export class Followed {
  looks = 0;
  mostAtOnce = 0;
  private atOnce = 0;
  private readonly begun = Date.now();
  private told: (() => void)[] = [];

  constructor(private readonly trees: Trees) {}

  get seconds(): number {
    return (Date.now() - this.begun) / 1000;
  }

  /** Follows until the function that it gives is called; `each` after every look that read. */
  follow(each: () => Promise<unknown>): () => void {
    const watcher = new Watcher(this.trees.registries, {
      now: Date.now,
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return { dispose: () => clearTimeout(timer) };
      },
      interval: () => 1400,
      isLooking: () => true,
      failed: (_, error) => {
        throw error;
      },
    });
    const follower = this.trees.follower();
    watcher.add({
      ...follower,
      refresh: (registry, whole) => this.look(() => follower.refresh(registry, whole), each),
    });
    watcher.wake();
    return () => watcher.dispose();
  }

  /** Resolves after the next look. */
  looked(): Promise<void> {
    return new Promise((resolve) => this.told.push(resolve));
  }

  private async look(read: () => Promise<boolean>, each: () => Promise<unknown>): Promise<boolean> {
    this.looks++;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    try {
      const changed = await read();
      await each();
      return changed;
    } finally {
      this.atOnce--;
      for (const tell of this.told.splice(0)) tell();
    }
  }
}
