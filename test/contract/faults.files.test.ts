import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../src/domain/errors';
import type { Experiment } from '../../src/domain/experiment';
import type { Registry, RunPage } from '../../src/domain/ports';
import type { RunTable } from '../../src/domain/run';
import { columnOf, metricAt } from '../../src/domain/runTable';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { asAnyone, openToAnyone } from '../asAnyone';
import { rejectsInTime } from './cancelled';
import { plantMany, runIdOf } from './manyEntries';
import { Oracle } from './oracle';
import { turnsDuring } from './turns';
import { all, points } from './values';

const inThread = { local: { workerUrl: path.resolve('dist/worker.js') } };

/** Long ago: what is written at this moment is looked at again after a while. */
const old = new Date('2024-01-01');

describe('Faults of a file store', function () {
  this.timeout(120_000);
  let made: string;
  let folder: string;
  let copies = 0;
  const opened: Registry[] = [];

  before(async () => {
    folder = fs.mkdtempSync(path.join(tmpdir(), 'ringside-faults-'));
    made = path.join(folder, 'mlruns');
    const oracle = new Oracle(folder);
    await oracle.ask('fill', made);
    oracle.dispose();
    openToAnyone(folder);
  });
  afterEach(() => {
    for (const registry of opened.splice(0)) registry.dispose();
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const open = (root: string, { worker = false } = {}): Registry => {
    const connection = { name: 'copy', trackingUri: root };
    const registry = worker ? openRegistry(connection, inThread) : openLocal(connection, 'files');
    opened.push(registry);
    return registry;
  };
  const experimentsIn = (registry: Registry): Promise<{ items: readonly Experiment[]; note?: string }> =>
    registry.experiments.search({ view: 'all', maxResults: 1000 });
  const runsIn = (registry: Registry, experimentIds: readonly string[]): Promise<RunPage> =>
    registry.runs.search({ experimentIds, view: 'all', maxResults: 1000 });

  /** A copy of the store, and in it an experiment with runs and one of these. */
  const copied = async () => {
    const root = path.join(folder, `copy-${++copies}`, 'mlruns');
    fs.cpSync(made, root, { recursive: true, preserveTimestamps: true });
    const registry = open(root);
    const experiments = (await experimentsIn(registry)).items;
    const ids = experiments.map(({ experimentId }) => experimentId);
    const { table } = await runsIn(registry, ids);
    const [runId, experimentId] = [table.runIds[0]!, table.experimentIds[0]!];
    const experiment = [root, path.join(root, '.trash')]
      .map((dir) => path.join(dir, experimentId))
      .find((dir) => fs.existsSync(dir))!;
    return { root, registry, ids, table, runId, experimentId, experiment, run: path.join(experiment, runId) };
  };

  const bomb = ['a: &a [x, x]', ...'bcdefghijklmnop'.split('').map((key, i) => line(key, 'abcdefghijklmno'[i]!))];
  const damages: readonly (readonly [title: string, damage: (meta: string) => void])[] = [
    ['missing', (meta) => fs.rmSync(meta)],
    ['empty', (meta) => fs.writeFileSync(meta, '')],
    ['malformed', (meta) => fs.writeFileSync(meta, 'run_id: [1, 2\n: }')],
    ['indented by tabs', (meta) => fs.writeFileSync(meta, fs.readFileSync(meta, 'utf8').replace(/^/gm, '\t'))],
    ['cut', (meta) => fs.truncateSync(meta, 40)],
    ['binary', (meta) => fs.writeFileSync(meta, Buffer.alloc(5000, 0xfe))],
    ['a list', (meta) => fs.writeFileSync(meta, '- a\n- b\n')],
    ['a bomb of anchors', (meta) => fs.writeFileSync(meta, bomb.join('\n'))],
    ['2 MB long', (meta) => fs.writeFileSync(meta, 'name: x\n'.repeat(262_144))],
    ['a folder', (meta) => replaced(meta, () => fs.mkdirSync(meta))],
    ['a link to itself', (meta) => replaced(meta, () => fs.symlinkSync('meta.yaml', meta))],
  ];

  for (const [title, damage] of damages) {
    it(`a meta.yaml that is ${title}: the run or experiment is named as missing, the others are shown`, async () => {
      const { registry, run, runId, ids, table, experiment, experimentId } = await copied();
      damaged(path.join(run, 'meta.yaml'), damage);
      const page = await runsIn(registry, ids);
      assert.deepEqual(
        page.table.runIds,
        table.runIds.filter((id) => id !== runId),
      );
      assert.match(page.note ?? '', new RegExp(`${runId}" is missing here: its meta.yaml is missing or damaged`));
      await assert.rejects(registry.runs.get({ runId }), (error: UserError) => {
        assert.deepEqual([error.kind, error.text.includes(run)], ['invalid', true]);
        return /^The meta.yaml of the run .* is missing or damaged/.test(error.text);
      });

      damaged(path.join(experiment, 'meta.yaml'), damage);
      const { items, note } = await experimentsIn(registry);
      assert.deepEqual(
        items.map((item) => item.experimentId),
        ids.filter((id) => id !== experimentId),
      );
      assert.match(note ?? '', new RegExp(`${experimentId}" is missing here: its meta.yaml is missing or damaged`));
      await isRefused(registry.experiments.get({ experimentId }));
    });
  }

  it('metric lines that are cut, binary, 1 MB long or of other fields: the sound ones count', async () => {
    const { registry, run, runId, ids } = await copied();
    const sound = ['1700000000000 0.5 1', '1700000000001 0.25 2'];
    const lines = [
      sound[0],
      '1700000000000',
      'one two three',
      '',
      `1700000000000 ${'9'.repeat(1024 * 1024)} 9`,
      '\0\u0001\u00fe',
      '1700000000002 0.1 3 a b c d e f',
      sound[1],
    ];
    const content = Buffer.from(`${lines.join('\n')}\n170000`);
    fs.writeFileSync(path.join(run, 'metrics', 'odd'), content);
    fs.writeFileSync(path.join(run, 'metrics', 'noise'), Buffer.alloc(300_000, 0x80));
    const { table } = await runsIn(registry, ids);
    const latest = metricAt(columnOf(table.metrics, 'odd'), table.runIds.indexOf(runId));
    const [history] = await registry.runs.histories({ runIds: [runId], key: 'odd' });
    const found = points(history!);
    assert.deepEqual(
      [found[0], found.at(-1)],
      [
        [1, 1700000000000, 0.5],
        [2, 1700000000001, 0.25],
      ],
    );
    assert.ok(found.length <= 3 && (latest === 0.25 || latest === 0.1), JSON.stringify(found));
    const [noise] = await registry.runs.histories({ runIds: [runId], key: 'noise' });
    assert.deepEqual(points(noise!), []);
    assert.equal(columnOf(table.metrics, 'noise'), undefined);
  });

  it('links that go round are followed nowhere', async () => {
    const { registry, root, run, runId, experiment, ids, table } = await copied();
    fs.symlinkSync(root, path.join(root, '777'));
    fs.symlinkSync(experiment, path.join(experiment, 'f'.repeat(32)));
    fs.symlinkSync('self', path.join(experiment, 'self'));
    for (const part of ['metrics', 'params', 'tags', 'artifacts']) {
      fs.mkdirSync(path.join(run, part), { recursive: true });
      fs.symlinkSync(run, path.join(run, part, 'round'));
      fs.symlinkSync('itself', path.join(run, part, 'itself'));
    }
    assert.deepEqual(
      (await experimentsIn(registry)).items.map(({ experimentId }) => experimentId),
      ids,
    );
    assert.deepEqual(cells((await runsIn(registry, ids)).table), cells(table));
    await registry.runs.get({ runId });
    await registry.artifacts.list({ root: { kind: 'run', runId }, path: '' });
    await registry.artifacts.list({ root: { kind: 'run', runId }, path: 'round/artifacts/round' }).catch(aSentence);
  });

  it('a file where a folder should be: the run stays, without that part', async () => {
    const { registry, root, run, runId, experimentId, ids, table } = await copied();
    for (const part of ['metrics', 'params', 'tags', 'inputs', 'outputs', 'artifacts']) {
      fs.rmSync(path.join(run, part), { recursive: true, force: true });
      fs.writeFileSync(path.join(run, part), 'a file');
    }
    for (const part of ['models', '.trash', '778']) {
      fs.rmSync(path.join(root, part), { recursive: true, force: true });
      fs.writeFileSync(path.join(root, part), 'a file');
    }
    const page = await runsIn(registry, ids);
    assert.ok(page.table.runIds.includes(runId));
    const { metrics, params, tags } = await registry.runs.get({ runId });
    assert.deepEqual([metrics, params, tags], [[], [], []]);
    assert.deepEqual((await registry.models.search({ maxResults: 9 })).items, []);
    assert.deepEqual(await registry.loggedModels.ofRun({ runId, experimentId }), []);
    await registry.artifacts.list({ root: { kind: 'run', runId }, path: '' }).catch(aSentence);
    assert.ok(table.length > 1);
  });

  for (const worker of [false, true]) {
    it(`folders of another user${worker ? ', in a worker' : ''}: named as missing, the others are shown`, async function () {
      if (process.platform === 'win32') return;
      const { root, run, runId, experimentId, ids, table } = await copied();
      const other = ids.find((id) => id !== experimentId && fs.existsSync(path.join(root, id)))!;
      const closed = [run, path.join(root, other)];
      for (const each of closed) fs.chmodSync(each, 0);
      try {
        const registry = open(root, { worker });
        await asAnyone(async () => {
          const experiments = await experimentsIn(registry);
          assert.deepEqual(
            experiments.items.map((item) => item.experimentId),
            ids.filter((id) => id !== other),
          );
          assert.match(experiments.note ?? '', new RegExp(`${other}" is missing here: access is denied`));
          const page = await runsIn(registry, [experimentId]);
          const expected = table.runIds.filter((id, row) => id !== runId && table.experimentIds[row] === experimentId);
          assert.deepEqual(page.table.runIds, expected);
          assert.match(page.note ?? '', new RegExp(`${runId}" is missing here: access is denied`));
          await isRefused(registry.runs.get({ runId }));
        });
      } finally {
        for (const each of closed) fs.chmodSync(each, 0o755);
      }
    });
  }

  describe('of many entries', () => {
    const [experiments, runs] = [10_000, 3000];
    const many = (): string => path.join(folder, 'many');

    before(() => {
      plantMany(many(), fs.readFileSync(path.join(made, '0', 'meta.yaml'), 'utf8'), { experiments, runs });
    });

    it('10,000 experiments: pages hold each once, and other work is let in', async () => {
      const registry = open(many());
      const first = registry.experiments.search({ view: 'active', maxResults: 50 });
      const turns = await turnsDuring(first);
      assert.equal((await first).items.length, 50);
      assert.ok(turns > 2, String(turns));
      const found = await all((page) => registry.experiments.search({ view: 'active', maxResults: 2500, ...page }));
      assert.equal(new Set(found.map(({ experimentId }) => experimentId)).size, experiments);
    });

    for (const worker of [false, true]) {
      it(`a cancelled reading rejects while it is at work${worker ? ' in a worker' : ''}, and leaves the store usable`, async () => {
        const runIds = Array.from({ length: runs }, (_, i) => runIdOf(i));
        const query = { experimentIds: ['0'], view: 'all' } as const;
        const readings: readonly (readonly [string, (of: Registry, signal: AbortSignal) => Promise<unknown>])[] = [
          ['experiments', (of, signal) => of.experiments.search({ view: 'all', maxResults: 9 }, signal)],
          ['runs', (of, signal) => of.runs.search({ ...query, maxResults: runs }, signal)],
          ['a filter', (of, signal) => of.runs.search({ ...query, maxResults: 9, filter: 'metrics.m1 > 5' }, signal)],
          ['histories', (of, signal) => of.runs.histories({ runIds, key: 'm1' }, signal)],
          ['a long history', (of, signal) => of.runs.histories({ runIds: [runIds[0]!], key: 'long' }, signal)],
          ['a frame', (of, signal) => of.frames.open(query, signal)],
        ];
        for (const [what, read] of readings) {
          const registry = open(many(), { worker });
          const leaving = new AbortController();
          let isDone = false;
          const left = read(registry, leaving.signal);
          void left.catch(() => undefined).then(() => (isDone = true));
          await new Promise((resolve) => setImmediate(resolve));
          assert.equal(isDone, false, what);
          await rejectsInTime(leaving, left, what);
          const { table } = await registry.runs.search({ ...query, maxResults: 9 });
          assert.equal(table.runIds[0], runIds.at(-1));
        }
      });
    }
  });
});

function line(key: string, of: string): string {
  return `${key}: &${key} [*${of}, *${of}, *${of}, *${of}, *${of}, *${of}, *${of}, *${of}]`;
}

function replaced(file: string, by: () => void): void {
  fs.rmSync(file);
  by();
}

function damaged(meta: string, damage: (meta: string) => void): void {
  damage(meta);
  if (fs.lstatSync(meta, { throwIfNoEntry: false })?.isFile()) fs.utimesSync(meta, old, old);
}

async function isRefused(work: Promise<unknown>): Promise<void> {
  aSentence(
    await work.then(
      () => 'was answered',
      (error: unknown) => error,
    ),
  );
}

function aSentence(error: unknown): void {
  assert.ok(error instanceof UserError && error.message !== '' && error.next !== undefined, String(error));
}

function cells({ metrics, params, tags, runIds }: RunTable): unknown {
  return { metrics, params, tags, runIds };
}
