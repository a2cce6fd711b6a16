// Stores here are the frames over pages of a server, whose pages come when the test says so.
import assert from 'node:assert/strict';
import { RunsTable } from '../../../src/app/runsTable';
import type { FrameStore, Registry, RunStore } from '../../../src/domain/ports';
import type { Run } from '../../../src/domain/run';
import { RunTableBuilder } from '../../../src/domain/runTable';
import { pagedFrames } from '../../../src/registries/frames';
import { OpenFrames } from '../../../src/registries/openFrames';
import { aRun } from './fakeStore';

/**
 * A server of two pages for each search, or of one; `held` keeps its answers back. Its runs are of `status`, those of the
 * second page of `below`.
 */
class Pages {
  held: (() => void)[] | undefined;
  refused: Error | undefined;
  isOnePage = false;
  status: Run['status'] = 'FINISHED';
  below: Run['status'] = 'FINISHED';
  auc: number | undefined;
  aucBelow: number | undefined;
  /** Searches so far. */
  asked = 0;
  readonly open = new Set<string>();
  private readonly runs = {
    search: async ({ filter = '', pageToken }: { filter?: string; pageToken?: string }) => {
      const { held, refused, isOnePage } = this;
      this.asked++;
      if (held) await new Promise<void>((resolve) => held.push(resolve));
      if (refused) throw refused;
      const builder = new RunTableBuilder();
      const add = (id: string, status: Run['status'], auc: number | undefined): void => {
        const row = builder.addRun(aRun(id, { status }));
        if (auc !== undefined) builder.setMetric(row, 'auc', auc);
      };
      if (filter === ofRunning) {
        if (this.status === 'RUNNING') add('first', this.status, this.auc);
        if (this.below === 'RUNNING') add('second', this.below, this.aucBelow);
        return { table: builder.build() };
      }
      if (pageToken === undefined) add(`${filter}first`, this.status, this.auc);
      else add(`${filter}${pageToken}`, this.below, this.aucBelow);
      return { table: builder.build(), ...(pageToken === undefined && !isOnePage && { nextPageToken: 'second' }) };
    },
  } as unknown as RunStore;
  private readonly paged = pagedFrames(this.runs);
  readonly frames: FrameStore = {
    ...this.paged,
    open: async (query, signal) => {
      const frame = await this.paged.open(query, signal);
      this.open.add(frame.id);
      return frame;
    },
    close: ({ id }) => {
      assert.ok(this.open.delete(id), 'only what is open here is closed');
      return this.paged.close({ id });
    },
  };

  release(): void {
    for (const answer of this.held ?? []) answer();
    this.held = undefined;
  }
}

const ofRunning = "attributes.status = 'RUNNING'";
const all = { view: 'active' } as const;

function tableOf(registries: Map<string, Pages>): RunsTable {
  const sources = [...registries.keys()].map((registry) => ({ registry, experimentIds: ['1'] }));
  return new RunsTable(sources, (name) => {
    const pages = registries.get(name);
    if (!pages) throw new Error(`There is no registry '${name}'.`);
    return { frames: pages.frames } as unknown as Registry;
  });
}

const ids = (table: RunsTable): readonly string[] => table.attributes.runIds;

describe('The frames of a runs table', () => {
  it('are closed where they were opened, though another registry has the name, or none', async () => {
    const [before, after] = [new Pages(), new Pages()];
    const registries = new Map([['r', before]]);
    const table = tableOf(registries);
    await table.open(all);
    registries.set('r', after);
    await table.open(all);
    assert.deepEqual([before.open.size, after.open.size], [0, 1]);
    registries.clear();
    table.close();
    assert.equal(after.open.size, 0);
  });

  it('have ids that no other reader gives', () => {
    assert.notEqual(new OpenFrames().add({}), new OpenFrames().add({}));
  });

  it('stay those that were asked for last, whichever are there first', async () => {
    const pages = new Pages();
    const table = tableOf(new Map([['r', pages]]));
    const held = (pages.held = []) as (() => void)[];
    const first = table.open({ ...all, filter: 'old ' });
    pages.held = undefined;
    await table.open({ ...all, filter: 'new ' });
    held.forEach((answer) => answer());
    await assert.rejects(first, { kind: 'cancelled' });
    assert.deepEqual(ids(table), ['new first']);
    assert.equal(pages.open.size, 1);
  });

  it('are those of who asked last, though one who gave up comes after', async () => {
    const pages = new Pages();
    const table = tableOf(new Map([['r', pages]]));
    const held = (pages.held = []) as (() => void)[];
    const asked = table.open({ ...all, filter: 'new ' });
    pages.held = undefined;
    await assert.rejects(table.open({ ...all, filter: 'old ' }, AbortSignal.abort()));
    held.forEach((answer) => answer());
    assert.deepEqual((await asked).attributes.runIds, ['new first']);
  });

  it('are not replaced by a page more of those that were shown before', async () => {
    const pages = new Pages();
    const table = tableOf(new Map([['r', pages]]));
    await table.open({ ...all, filter: 'old ' });
    const held = (pages.held = []) as (() => void)[];
    const more = table.more();
    pages.held = undefined;
    await table.open({ ...all, filter: 'new ' });
    held.forEach((answer) => answer());
    assert.deepEqual((await more).attributes.runIds, ['new first']);
    assert.deepEqual((await table.more()).attributes.runIds, ['new first', 'new second']);
  });

  it('are closed where they come after the table was closed, or one of several is refused', async () => {
    const [pages, broken] = [new Pages(), new Pages()];
    pages.held = [];
    const table = tableOf(new Map([['r', pages]]));
    const opening = table.open(all);
    table.close();
    pages.release();
    await assert.rejects(opening, { kind: 'cancelled' });
    broken.refused = new Error('refused');
    pages.held = [];
    const both = tableOf(
      new Map([
        ['r', pages],
        ['broken', broken],
      ]),
    );
    await assert.rejects(both.open(all), /refused/);
    pages.release();
    await new Promise(setImmediate);
    assert.equal(pages.open.size, 0);
  });

  it('are compared with what the server gives now, and opened ones stay', async () => {
    const pages = new Pages();
    pages.isOnePage = true;
    const table = tableOf(new Map([['r', pages]]));
    await table.open(all);
    assert.equal(await table.hasMoved('r', all), false);
    assert.equal(await table.hasMoved('other', all), false);
    pages.status = 'RUNNING';
    assert.equal(await table.hasMoved('r', all), true);
    await table.open(all);
    assert.equal(await table.hasMoved('r', all), false);
    pages.auc = 0.9;
    assert.equal(await table.hasMoved('r', all), true);
    await table.open(all);
    pages.auc = 0.91;
    assert.equal(await table.hasMoved('r', all), true);
    assert.equal(pages.open.size, 1);
  });

  it('are compared by the first rows where the server has more', async () => {
    const pages = new Pages();
    const table = tableOf(new Map([['r', pages]]));
    await table.open(all);
    assert.equal(await table.hasMoved('r', all), false);
    pages.auc = 0.9;
    assert.equal(await table.hasMoved('r', all), true);
    await table.open(all);
    pages.isOnePage = true;
    assert.equal(await table.hasMoved('r', all), true);
    await table.open(all);
    pages.isOnePage = false;
    assert.equal(await table.hasMoved('r', all), true);
    assert.equal(pages.open.size, 1);
  });

  it('are compared below the first rows where they are running, which one search more finds', async () => {
    const pages = new Pages();
    const table = tableOf(new Map([['r', pages]]));
    const movedAt = async (cost: number): Promise<boolean> => {
      const before = pages.asked;
      const moved = await table.hasMoved('r', all);
      assert.equal(pages.asked - before, cost);
      return moved;
    };
    await table.open(all);
    await table.more();
    pages.aucBelow = 0.5;
    assert.equal(await movedAt(1), false);
    pages.below = 'RUNNING';
    await table.open(all);
    assert.deepEqual(ids(table), ['first', 'second']);
    assert.equal(await movedAt(2), false);
    pages.aucBelow = 0.6;
    assert.equal(await movedAt(2), true);
    await table.open(all);
    pages.below = 'FAILED';
    assert.equal(await movedAt(2), true);
    assert.equal(pages.open.size, 1);
  });

  it('have as many rows as before when they are read again, and the first ones for another question', async () => {
    const pages = new Pages();
    const table = tableOf(new Map([['r', pages]]));
    await table.open(all);
    await table.more();
    await table.open(all);
    assert.deepEqual(ids(table), ['first', 'second']);
    await table.open({ ...all, filter: 'new ' });
    assert.deepEqual(ids(table), ['new first']);
    assert.equal(pages.open.size, 1);
  });
});
