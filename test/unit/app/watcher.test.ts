import assert from 'node:assert/strict';
import { RegistrySet } from '../../../src/app/registrySet';
import { type Follower, Watcher } from '../../../src/app/watcher';
import type { Shown } from '../../../src/domain/changes';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';
import { ManualClock } from './manualClock';

const nothing: Shown = { experimentIds: [], runs: [], models: [], expandedModels: [], folders: [] };

/** A store whose stamp the test moves, and a follower that counts how often it is read. */
class Scene {
  readonly clock = new ManualClock();
  stamp: string | undefined = 'a';
  visible = true;
  looking = true;
  /** What a reading finds, and how long it takes. */
  finds = true;
  takes = 0;
  fails: Error | undefined;
  readonly reads: { readonly at: number; readonly whole: boolean }[] = [];
  readonly failures: unknown[] = [];
  running = 0;
  mostAtOnce = 0;

  private readonly registry = {
    changes: {
      stamp: () => (this.fails ? Promise.reject(this.fails) : Promise.resolve(this.stamp)),
    },
    dispose: () => undefined,
  } as unknown as Registry;
  private readonly registries = new RegistrySet(() => this.registry, this.clock.now);
  readonly watcher = new Watcher(this.registries, {
    now: this.clock.now,
    after: this.clock.after,
    interval: () => 10_000,
    isLooking: () => this.looking,
    failed: (_, error) => this.failures.push(error),
  });
  readonly follower: Follower = {
    shown: () => (this.visible ? nothing : undefined),
    refresh: async (_, whole) => {
      this.reads.push({ at: this.clock.now(), whole });
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.running);
      if (this.takes > 0) await new Promise<void>((resolve) => this.clock.after(this.takes, resolve));
      this.running--;
      return this.finds;
    },
  };

  constructor(trackingUri = 'sqlite:////x/mlflow.db') {
    this.registries.setConnections([{ name: 'r', trackingUri }]);
  }

  follow(options?: { unattended: boolean }): this {
    this.watcher.add(this.follower, options);
    this.watcher.wake();
    return this;
  }

  /** Time at which a change was read that happened now. */
  async readAfterChange(stamp: string | undefined): Promise<number> {
    const [before, count] = [this.clock.now(), this.reads.length];
    this.stamp = stamp;
    while (this.reads.length === count) await this.clock.pass(50);
    return this.reads.at(-1)!.at - before;
  }
}

describe('Watching stores', () => {
  it('looks at nothing until something is visible', async () => {
    const scene = new Scene();
    scene.visible = false;
    scene.follow();
    await scene.clock.pass(60_000);
    assert.deepEqual(scene.reads, []);
    assert.ok(scene.clock.isIdle, 'no timer runs');
  });

  it('reads a local store again within two seconds of a change, and only after one', async () => {
    const scene = new Scene().follow();
    await scene.clock.pass(30_000);
    assert.equal(scene.reads.length, 1, 'once, as what is drawn was read before it was watched');
    for (const stamp of ['b', 'c', 'd']) {
      assert.ok((await scene.readAfterChange(stamp)) <= 1500);
      await scene.clock.pass(20_000);
    }
    assert.equal(scene.reads.length, 4);
    assert.ok(scene.reads.every(({ whole }) => whole));
  });

  it('reads what a server shows within two intervals, by reading it each time', async () => {
    const scene = new Scene('http://127.0.0.1:5000').follow();
    scene.stamp = undefined;
    scene.finds = false;
    await scene.clock.pass(60_000);
    const gaps = scene.reads.slice(1).map(({ at }, i) => at - scene.reads[i]!.at);
    assert.ok(gaps.length >= 4 && gaps.every((gap) => gap <= 20_000), String(gaps));
    assert.ok(scene.reads.every(({ whole }) => !whole));
    scene.finds = true;
    await scene.readAfterChange(undefined);
    assert.ok((await scene.readAfterChange(undefined)) <= 5_000, 'sooner after a change');
  });

  it('asks a slow server less, and never twice at once', async () => {
    const scene = new Scene('http://127.0.0.1:5000').follow();
    scene.stamp = undefined;
    scene.takes = 5_000;
    await scene.clock.pass(300_000);
    assert.equal(scene.mostAtOnce, 1);
    assert.ok(scene.reads.length <= 7, `${scene.reads.length} readings of 5 s in 300 s`);
  });

  it('reads a store that is written without end one reading at a time, and not more than its share', async () => {
    const scene = new Scene().follow();
    scene.takes = 400;
    for (let i = 0; i < 600; i++) {
      scene.stamp = String(i);
      await scene.clock.pass(100);
    }
    assert.equal(scene.mostAtOnce, 1);
    assert.ok(scene.reads.length > 30 && scene.reads.length < 45, `${scene.reads.length} readings in a minute`);
  });

  it('rests while the person is elsewhere or has paused it, and looks soon when they are back', async () => {
    const scene = new Scene().follow();
    await scene.clock.pass(1000);
    const rest = async (begin: () => void, end: () => void): Promise<void> => {
      begin();
      scene.stamp = `${scene.stamp}+`;
      const count = scene.reads.length;
      await scene.clock.pass(60_000);
      assert.equal(scene.reads.length, count);
      end();
      await scene.clock.pass(1000);
      assert.equal(scene.reads.length, count + 1);
    };
    await rest(
      () => (scene.looking = false),
      () => {
        scene.looking = true;
        scene.watcher.wake();
      },
    );
    await rest(
      () => scene.watcher.setPaused(true),
      () => scene.watcher.setPaused(false),
    );
    await rest(
      () => (scene.visible = false),
      () => {
        scene.visible = true;
        scene.watcher.wake();
      },
    );
  });

  it('goes on for what was asked to be watched unattended', async () => {
    const scene = new Scene().follow({ unattended: true });
    scene.looking = false;
    await scene.clock.pass(5000);
    assert.ok((await scene.readAfterChange('b')) <= 1500);
  });

  it('has a store that is gone read once, so that what is shown says why, and again when it is back', async () => {
    const scene = new Scene().follow();
    await scene.clock.pass(5_000);
    scene.fails = new UserError('notFound', 'It does not exist.');
    await scene.clock.pass(20_000);
    assert.equal(scene.reads.length, 2);
    assert.equal(scene.watcher.lostSince('r'), undefined);
    scene.fails = undefined;
    await scene.clock.pass(20_000);
    assert.equal(scene.reads.length, 3);
  });

  it('reads for the others what one of them fails to read', async () => {
    const scene = new Scene();
    const broken = new Error('A bug in a view.');
    scene.watcher.add({ shown: () => nothing, refresh: () => Promise.reject(broken) });
    scene.follow();
    await scene.clock.pass(1000);
    assert.equal(scene.reads.length, 1);
    assert.equal(scene.failures[0], broken);
    assert.equal(scene.watcher.lostSince('r'), undefined);
  });

  it('tells that a store is lost, asks it less and less, and tells when it is back', async () => {
    const scene = new Scene('http://127.0.0.1:5000').follow();
    await scene.clock.pass(1000);
    const told: boolean[] = [];
    scene.watcher.onDidChange(() => told.push(scene.watcher.lostSince('r') !== undefined));
    scene.fails = new UserError('unreachable', 'No answer.');
    await scene.clock.pass(600_000);
    assert.deepEqual(told, [true]);
    assert.ok(scene.failures.length >= 9 && scene.failures.length <= 14, `${scene.failures.length} looks in 10 min`);
    scene.fails = undefined;
    await scene.clock.pass(60_000);
    assert.deepEqual(told, [true, false]);
  });
});
