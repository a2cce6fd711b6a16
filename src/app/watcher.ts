import type { Shown } from '../domain/changes';
import { storeKind } from '../domain/connection';
import { isCancelled } from '../domain/errors';
import type { Disposable, Event } from '../domain/ports';
import { Emitter } from './emitter';
import { type Looks, pause } from './pollPace';
import type { RegistrySet } from './registrySet';
import { isUnreachable } from './standIn';

/** Something that shows what stores hold and follows their changes. */
export interface Follower {
  /** What it shows of a registry; undefined while that is nothing, or nobody can see it. */
  shown(registry: string): Shown | undefined;
  /**
   * Reads again what it shows and draws what is new; true where something was.
   *
   * @param whole everything it shows; false where the store cannot tell what changed and reading all would burden it
   */
  refresh(registry: string, whole: boolean): Promise<boolean>;
}

export interface WatcherOptions {
  /** ms since epoch. */
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => Disposable;
  /** ms between two looks at a server. */
  readonly interval: () => number;
  /** Whether the person has the window before them. */
  readonly isLooking: () => boolean;
  /** Told of each look that failed. */
  readonly failed: (registry: string, error: unknown) => void;
}

interface Watch {
  looks: Looks;
  /** End of the last look, and of the last that reached the store. */
  at: number;
  reached: number;
  next?: { readonly due: number; readonly timer: Disposable };
  looking: boolean;
  lost: boolean;
  readonly stamps: Map<Follower, string>;
}

/** What becomes visible is looked at this soon (ms), but not sooner than this after the look before. */
const soon = 200;

/**
 * Looks at the stores of what is on the screen and has it read again what changed. One look at a time for each registry,
 * so that a store that is written without end is read without haste; none while nothing is visible or nobody looks.
 */
export class Watcher implements Disposable {
  private readonly followers = new Map<Follower, { readonly unattended: boolean }>();
  private readonly watches = new Map<string, Watch>();
  private readonly didChange = new Emitter<undefined>();
  private paused = false;

  /** It was paused or resumed, or a store was lost or reached again. */
  readonly onDidChange: Event<undefined> = this.didChange.event;

  constructor(
    private readonly registries: RegistrySet,
    private readonly options: WatcherOptions,
  ) {}

  /** `unattended`: also while nobody looks at the window. */
  add(follower: Follower, { unattended = false } = {}): Disposable {
    this.followers.set(follower, { unattended });
    return {
      dispose: () => {
        this.followers.delete(follower);
        for (const { stamps } of this.watches.values()) stamps.delete(follower);
      },
    };
  }

  /** What a follower reads from now on is of now: the next look tells it of changes since. */
  async mark(registry: string, follower: Follower): Promise<void> {
    const shown = follower.shown(registry);
    const stamp = shown && (await this.stampOf(registry, shown).catch(() => undefined));
    if (stamp !== undefined && this.followers.has(follower)) this.watchOf(registry).stamps.set(follower, stamp);
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Where the last look did not reach the store: when one last did (ms since epoch). */
  lostSince(registry: string): number | undefined {
    const watch = this.watches.get(registry);
    return watch?.lost ? watch.reached : undefined;
  }

  setPaused(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    this.didChange.fire(undefined);
    this.wake();
  }

  /** Something came into sight, or the person came back: looks soon. */
  wake(): void {
    for (const { name } of this.registries.connections) {
      if (this.followersOf(name).length > 0) this.bringForward(name);
    }
  }

  dispose(): void {
    this.paused = true;
    for (const { next } of this.watches.values()) next?.timer.dispose();
    this.followers.clear();
    this.didChange.dispose();
  }

  private followersOf(registry: string): readonly (readonly [Follower, Shown])[] {
    const isLooking = this.options.isLooking();
    return [...this.followers].flatMap(([follower, { unattended }]) => {
      const shown = !this.paused && (isLooking || unattended) ? follower.shown(registry) : undefined;
      return shown ? [[follower, shown] as const] : [];
    });
  }

  private bringForward(registry: string): void {
    const watch = this.watchOf(registry);
    const due = Math.max(this.options.now() + soon, watch.at + this.pauseOf(registry, { ...watch.looks, quiet: 0 }));
    if (!watch.looking && (!watch.next || watch.next.due > due)) this.schedule(registry, due);
  }

  private schedule(registry: string, due: number): void {
    const watch = this.watchOf(registry);
    watch.next?.timer.dispose();
    const timer = this.options.after(due - this.options.now(), () => void this.look(registry));
    watch.next = { due, timer };
  }

  private async look(registry: string): Promise<void> {
    const watch = this.watchOf(registry);
    delete watch.next;
    const followers = this.followersOf(registry);
    if (followers.length === 0) return;
    const begun = this.options.now();
    const reached = await this.lookFor(registry, followers);
    watch.at = this.options.now();
    const { quiet, failures } = watch.looks;
    watch.looks = {
      quiet: reached === 'changed' ? 0 : quiet + 1,
      cost: watch.at - begun,
      failures: reached === 'lost' ? failures + 1 : 0,
    };
    if (reached !== 'lost') watch.reached = watch.at;
    this.setLost(watch, reached === 'lost');
    if (this.watches.get(registry) === watch && this.followersOf(registry).length > 0) {
      this.schedule(registry, watch.at + this.pauseOf(registry, watch.looks));
    }
  }

  private async lookFor(
    registry: string,
    followers: readonly (readonly [Follower, Shown])[],
  ): Promise<'same' | 'changed' | 'lost'> {
    const watch = this.watchOf(registry);
    watch.looking = true;
    try {
      let changed = false;
      for (const [follower, shown] of followers) {
        if (await this.refreshOne(registry, follower, shown)) changed = true;
      }
      return changed ? 'changed' : 'same';
    } catch (error) {
      this.options.failed(registry, error);
      return 'lost';
    } finally {
      watch.looking = false;
    }
  }

  /** What one follower meets is no other's: only a store that cannot be reached ends the look. */
  private async refreshOne(registry: string, follower: Follower, shown: Shown): Promise<boolean> {
    try {
      return await this.refreshIfMoved(registry, follower, shown);
    } catch (error) {
      if (isUnreachable(error)) throw error;
      if (!isCancelled(error)) this.options.failed(registry, error);
      return false;
    }
  }

  /** The stamp is taken before the reading: what is written meanwhile moves the next one. */
  private async refreshIfMoved(registry: string, follower: Follower, shown: Shown): Promise<boolean> {
    const { stamps } = this.watchOf(registry);
    const stamp = await this.stampOf(registry, shown);
    if (stamp !== undefined && stamps.get(follower) === stamp) return false;
    const changed = await follower.refresh(registry, stamp !== undefined);
    if (stamp !== undefined && this.followers.has(follower)) stamps.set(follower, stamp);
    return changed;
  }

  /** A store that is gone or broken is one that changed: what is shown of it says why, once it is read again. */
  private async stampOf(registry: string, shown: Shown): Promise<string | undefined> {
    try {
      return await this.registries.get(registry).changes.stamp(shown);
    } catch (error) {
      if (isUnreachable(error) || isCancelled(error)) throw error;
      return `failed: ${String(error)}`;
    }
  }

  private setLost(watch: Watch, lost: boolean): void {
    if (watch.lost === lost) return;
    watch.lost = lost;
    this.didChange.fire(undefined);
  }

  private pauseOf(registry: string, looks: Looks): number {
    const connection = this.registries.connections.find(({ name }) => name === registry);
    const kind = connection && storeKind(connection.trackingUri) === 'rest' ? 'server' : 'local';
    return pause(kind, looks, this.options.interval());
  }

  private watchOf(registry: string): Watch {
    let watch = this.watches.get(registry);
    if (!watch) {
      watch = {
        looks: { quiet: 0, cost: 0, failures: 0 },
        at: -Infinity,
        reached: this.options.now(),
        looking: false,
        lost: false,
        stamps: new Map(),
      };
      this.watches.set(registry, watch);
    }
    return watch;
  }
}
