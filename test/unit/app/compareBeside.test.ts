import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadComparedItem, loadComparedItems, placed, thereOf } from '../../../src/app/compare';
import { pairArtifacts } from '../../../src/app/compareArtifacts';
import { loadDetailRows } from '../../../src/app/compareDetails';
import { loadEvidence } from '../../../src/app/compareEvidence';
import { compareItems } from '../../../src/domain/compare';
import { noContract } from '../../../src/domain/contract';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';
import { type Ref, versionRef } from '../../../src/domain/ref';
import type { Run } from '../../../src/domain/run';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';
import { copySample } from '../../../src/registries/sample';

describe('What is read beside a comparison, of the sample', () => {
  let folder: string;
  let registry: Registry;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-compare-'));
    const trackingUri = await copySample(path.resolve('media/sample'), path.join(folder, 'sample'));
    registry = openRegistry({ name: 'r', trackingUri }, { local: openLocal });
  });
  after(() => {
    registry.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function runNamed(name: string): Promise<Run> {
    const { items } = await registry.experiments.search({ view: 'active', maxResults: 10 });
    const experimentIds = items.map(({ experimentId }) => experimentId);
    const filter = `attributes.run_name = '${name}'`;
    const { table } = await registry.runs.search({ experimentIds, view: 'active', filter, maxResults: 1 });
    return registry.runs.get({ runId: table.runIds[0] ?? '' });
  }

  async function detailsOf(...refs: readonly Ref[]) {
    const missing: string[] = [];
    const items = await Promise.all(refs.map((ref) => loadComparedItem(registry, ref)));
    const rows = await loadDetailRows(items, () => registry, missing);
    return { items, rows, missing };
  }

  it('compares data by use, signature by field, environment by package', async () => {
    const refs = ['1', '5'].map((version) => versionRef('r', 'tumour-classifier', version));
    const { rows, missing } = await detailsOf(...refs);
    const row = (key: string) => rows.find((each) => each.key === key);
    assert.deepEqual(missing, []);
    assert.deepEqual(row('scikit-learn'), {
      group: 'environment',
      key: 'scikit-learn',
      values: ['1.7.2', '1.7.2'],
      differs: false,
    });
    assert.deepEqual(row('python')?.values, ['3.11.7', '3.11.7']);
    assert.deepEqual([row('input mean radius')?.group, row('input mean radius')?.values[0]], ['signature', 'double']);
    const data = rows.filter(({ group }) => group === 'datasets');
    assert.ok(data.some(({ values }) => String(values[0]).startsWith('breast-cancer-train (')));
  });

  it('of a run that logged no model has no signature, and says nothing is missing', async () => {
    const { runId } = await runNamed('majority-class');
    const { rows, missing } = await detailsOf({ kind: 'run', registry: 'r', id: runId });
    assert.deepEqual(
      rows.filter(({ group }) => group === 'signature' || group === 'environment'),
      [],
    );
    assert.deepEqual(missing, []);
  });

  it('is not stopped by a damaged MLmodel', async () => {
    const { items } = await detailsOf(versionRef('r', 'wine-quality', '1'));
    const root = { kind: 'version', name: 'wine-quality', version: '1' } as const;
    const { localPath = '' } = await registry.artifacts.locate({ root, path: 'MLmodel' });
    const file = localPath.startsWith('file:') ? fileURLToPath(localPath) : localPath;
    writeFileSync(file, 'flavors: [\0');
    const rows = await loadDetailRows(items, () => registry, []);
    assert.ok(rows.some(({ key }) => key === 'scikit-learn'));
    assert.ok(!rows.some(({ group }) => group === 'signature'));
  });

  it('pairs the files of two by path, those of the model below model/', async () => {
    const refs = ['1', '5'].map((version) => versionRef('r', 'tumour-classifier', version));
    const { items } = await detailsOf(...refs);
    const { pairs, more } = await pairArtifacts(items, () => registry.artifacts);
    const both = pairs.filter(({ files }) => files.every(Boolean)).map(({ path: name }) => name);
    assert.equal(more, false);
    for (const name of ['model/MLmodel', 'reports/per_class.csv', 'plots/confusion_matrix.png']) {
      assert.ok(both.includes(name), name);
    }
  });

  it('lists so many folders of a run and no more, and says that there are others', async () => {
    const { items } = await detailsOf(versionRef('r', 'tumour-classifier', '1'));
    let listed = 0;
    const endless = {
      ...registry.artifacts,
      list: ({ path: folder }: { readonly path: string }) => {
        listed += 1;
        return Promise.resolve(['a', 'b'].map((name) => ({ path: `${folder}/${name}`, isDir: true })));
      },
    };
    const { pairs, more } = await pairArtifacts(items, () => endless);
    assert.deepEqual([pairs, more, listed], [[], true, 50]);
  });

  it('keeps what is gone as an item that says so, which differs from nothing and has no files', async () => {
    const there = versionRef('r', 'tumour-classifier', '1');
    const lost = versionRef('r', 'tumour-classifier', '99');
    const away: Ref = { kind: 'run', registry: 'no such registry', id: 'r1' };
    const registryOf = (name: string): Registry => {
      if (name !== 'r') throw new UserError('notFound', `There is no registry '${name}'.`);
      return registry;
    };
    const items = await loadComparedItems(registryOf, [away, there, lost]);
    assert.deepEqual([items[0]?.gone, items[1]?.gone], ["There is no registry 'no such registry'.", undefined]);
    assert.match(items[2]?.gone ?? '', /99/);
    const rows = placed(items, compareItems(thereOf(items)));
    assert.ok(
      rows.length > 0 && rows.every(({ values, differs }) => !differs && values[0] === null && values[2] === null),
    );
    assert.ok(rows.every(({ values }) => values[1] !== null));
    const { pairs } = await pairArtifacts([items[0]!, items[1]!], (name) => registryOf(name).artifacts);
    assert.ok(pairs.length > 0 && pairs.every(({ files }) => files[0] === null && files[1] !== null));
    await assert.rejects(loadComparedItems(registryOf, [away, lost]), { kind: 'notFound' });
  });

  it('is refused where a registry does not answer: what was read before stays', async () => {
    const silent = (): Registry => {
      throw new UserError('unreachable', 'No answer.');
    };
    await assert.rejects(loadComparedItems(silent, [versionRef('r', 'm', '1')]), { kind: 'unreachable' });
  });

  it('finds the runs that differ in a seed alone, and the runs nested in one', async () => {
    const contract = { ...noContract, seeds: ['hidden'] };
    const swept = await runNamed('mlp-8-rate-0.01');
    const { repetitions } = await loadEvidence(registry, swept, contract);
    assert.deepEqual([repetitions.runs, repetitions.seeds, repetitions.more], [3, ['hidden'], false]);
    const { nested, repetitions: alone } = await loadEvidence(registry, await runNamed('mlp-sweep'), contract);
    assert.ok(nested.some(({ segment }) => segment === 'mlp-8-rate-0.01'));
    assert.equal(alone.runs, 1);
  });

  it('asks for one bounded page of runs each, and says where there were more', async () => {
    const asked: number[] = [];
    const bounded: Registry = {
      ...registry,
      runs: {
        ...registry.runs,
        search: async (query) => {
          asked.push(query.maxResults);
          return { ...(await registry.runs.search(query)), nextPageToken: 'more' };
        },
      },
    };
    const run = await runNamed('mlp-8-rate-0.01');
    const { repetitions } = await loadEvidence(bounded, run, { ...noContract, seeds: ['hidden'] });
    assert.deepEqual([asked, repetitions.more], [[200, 200], true]);
  });
});
