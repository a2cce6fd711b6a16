import * as assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { env, type ThemeIcon, workspace } from 'vscode';
import { RegistrySet } from '../../src/app/registrySet';
import type { Element } from '../../src/app/elements';
import { TreeProvider } from '../../src/views/treeProvider';
import { WrittenStore } from './fileStore';
import { execute, scripted } from './script';
import { elementAt, labelOf, type Row, rowsOf, textOf, withoutTimes } from './treeText';
import { ringside, showOwnStores, showStore, trees, until } from './window';

/** Store names end in what makes them differ, so that a tree of the store before is not mistaken for it. */
async function shown(provider: TreeProvider, first: string): Promise<void> {
  await until(async () => {
    const [element] = await provider.getChildren();
    return element && textOf(provider.getTreeItem(element)).startsWith(first);
  });
}

async function namesBelow(provider: TreeProvider, ...labels: readonly string[]): Promise<string[]> {
  const below = labels.length > 0 ? await elementAt(provider, ...labels) : undefined;
  const children = await provider.getChildren(below);
  return children.map((child) => labelOf(provider.getTreeItem(child)));
}

describe('A tree', () => {
  it('keeps nothing of rows that are no longer shown', async () => {
    const registries = new RegistrySet(() => assert.fail('opened'), Date.now);
    registries.setConnections([{ name: 'r', trackingUri: '/store' }]);
    const none = { roots: () => Promise.resolve([]), children: () => Promise.resolve([]) };
    const provider = new TreeProvider(registries, none, Date.now);
    for (let row = 0; row < 50; row++) {
      await provider.getChildren({ kind: 'info', id: `row ${row}` } as unknown as Element);
      provider.refresh();
    }
    assert.ok(provider['opened'].size < 3, `${provider['opened'].size} rows`);
    provider.dispose();
    registries.dispose();
  });
});

describe('The trees of the sample', () => {
  it('show its experiments with their runs counted, newest first', async () => {
    const { experiments } = await trees();
    const rows = await until(async () => {
      const found = await rowsOf(experiments);
      return found.length > 1 && found;
    });
    assert.deepEqual(rows, ['digits-reader | 12 runs', 'wine-quality | 11 runs', 'tumour-screening | 15 runs']);
  });

  it('nest the runs of a sweep, and fold what a run logged into groups', async () => {
    const { experiments } = await trees();
    const rows = await rowsOf(experiments, undefined, await elementAt(experiments, 'digits-reader'));
    assert.deepEqual(
      withoutTimes(rows).map((row) => String(row).replace(/\d+(\.\d)? s$/, '… s')),
      [
        'mlp-sweep | accuracy 0.9652',
        'mlp-rate-too-high | failed after … s',
        'sgd-40 | accuracy 0.9471',
        'knn-3 | accuracy 0.9833',
        'lda | accuracy 0.9471',
        'logreg | accuracy 0.9583',
        'Logged models',
      ],
    );
    const sweep = await elementAt(experiments, 'digits-reader', 'mlp-sweep');
    const nested = await rowsOf(experiments, ({ kind }) => kind === 'group', sweep);
    const labels = nested.map((row) => (typeof row === 'string' ? row : row[0]));
    assert.deepEqual(labels, ['Params (3)', 'Metrics (4)', 'Tags (10)', 'Artifacts', 'Nested runs (6)']);
    const [, runs] = nested.at(-1) as [string, Row[]];
    assert.equal(runs.length, 6);
    assert.match(String(runs[0]), /^mlp-32-rate-0\.01 \| accuracy 0\.\d+/);
  });

  it('show logged models below the runs, each with its source run, what was logged of it, menus and tooltip', async () => {
    const { experiments } = await trees();
    const group = await elementAt(experiments, 'digits-reader', 'Logged models');
    const rows = await rowsOf(experiments, ({ kind }) => kind === 'loggedModel', group);
    assert.deepEqual(withoutTimes(rows), [
      ['model | logreg', ['logreg | source run', 'Params (2)', 'Metrics (34)', 'Tags (5)', 'Artifacts']],
    ]);
    const [model] = await experiments.getChildren(group);
    assert.ok(model?.kind === 'loggedModel');
    const item = experiments.getTreeItem(model);
    assert.equal(item.contextValue, 'loggedModel;sourced');
    assert.equal((item.iconPath as ThemeIcon).id, 'symbol-structure');
    assert.match(item.accessibilityInformation?.label ?? '', /^Logged model model, logreg/);
    const { tooltip } = experiments.resolveTreeItem(item, model);
    assert.ok(typeof tooltip === 'object' && tooltip.value.includes('Status\\: ready'));
    await execute('ringside.copyUri', model);
    assert.equal(await env.clipboard.readText(), `models:/${model.model.modelId}`);
    const files = await rowsOf(experiments, () => false, (await experiments.getChildren(model)).at(-1));
    assert.ok(
      files.some((file) => String(file).startsWith('MLmodel')),
      files.join(),
    );
  });

  it('show versions newest first with aliases and metric, and below each its source run and tags', async () => {
    const { models } = await trees();
    const rows = await rowsOf(models, ({ kind }, { label }) => kind === 'model' || label === 'v3');
    assert.deepEqual(withoutTimes(rows)[0], [
      'tumour-classifier | @champion v3 · @challenger v4',
      [
        'v5 | accuracy 0.9737',
        'v4 | @challenger · accuracy 0.9649',
        [
          'v3 | @champion · accuracy 0.9254',
          ['sgd-mean-weighted | source run', 'reviewer | ben', 'validation | passed'],
        ],
        'v2 | accuracy 0.9386',
        'v1 | accuracy 0.9386',
      ],
    ]);
  });

  it('give each element its menu, its icon, its words for a screen reader and a tooltip without links', async () => {
    const { experiments } = await trees();
    const failed = await elementAt(experiments, 'digits-reader', 'mlp-rate-too-high');
    const item = experiments.getTreeItem(failed);
    assert.equal(item.contextValue, 'run;active');
    assert.equal((item.iconPath as ThemeIcon).id, 'error');
    assert.match(item.accessibilityInformation?.label ?? '', /^Run mlp-rate-too-high, failed after/);
    const { tooltip } = experiments.resolveTreeItem(item, failed);
    assert.ok(typeof tooltip === 'object' && !tooltip.isTrusted && !tooltip.supportHtml);
    assert.match(tooltip.value, /Status\\: failed/);
  });
});

describe('A store with much in it', () => {
  const store = new WrittenStore();
  const start = Date.parse('2026-01-01T00:00:00Z');

  before(async () => {
    store.experiment('100', 'many');
    for (let i = 0; i < 120; i++) store.run('100', { name: `run-${i}`, start: start + i * 1000, metrics: { auc: i } });
    store.experiment('200', 'nested');
    const parent = store.run('200', { name: 'parent', start });
    for (let i = 0; i < 12; i++) store.run('200', { name: `child-${i}`, start: start + i + 1, parent });
    store.experiment('300', 'deleted', true);
    store.run('300', { name: 'old', start, deleted: true });
    store.run('200', { name: 'thrown', start: start + 99, deleted: true });
    store.experiment('400', '**bold** $(alert) `x`\n[link](command:ringside.refresh)');
    await showStore('written', store.root);
    await shown((await trees()).experiments, '**bold**');
  });

  after(async () => {
    await workspace.getConfiguration('ringside').update('runs.pageSize', undefined, false);
    await execute('ringside.hideDeleted');
    await showOwnStores();
    await shown((await trees()).experiments, 'digits-reader');
  });

  it('shows fifty runs of it and fifty more at a time', async () => {
    const { experiments } = await trees();
    const sizes: [number, string][] = [];
    for (let page = 0; page < 3; page++) {
      const rows = await rowsOf(experiments, undefined, await elementAt(experiments, 'many'));
      sizes.push([rows.length, String(rows.at(-1)).replace(/ \|.*/, '')]);
      if (page < 2) await execute('ringside.loadMore', await elementAt(experiments, 'many', 'Load 50 more…'));
    }
    assert.deepEqual(sizes, [
      [51, 'Load 50 more…'],
      [101, 'Load 50 more…'],
      [120, 'run-0'],
    ]);
  });

  it('keeps what was loaded over a refresh', async () => {
    const { experiments } = await trees();
    await execute('ringside.refresh');
    assert.equal((await namesBelow(experiments, 'many')).length, 120);
  });

  it('fetches the parent that the page does not hold, and pages the runs below it', async () => {
    const { experiments } = await trees();
    await workspace.getConfiguration('ringside').update('runs.pageSize', 10, false);
    await execute('ringside.showDeleted');
    await execute('ringside.hideDeleted');
    assert.deepEqual(await namesBelow(experiments, 'nested'), ['parent', 'Load 10 more…']);
    const nested = await namesBelow(experiments, 'nested', 'parent', 'Nested runs (10+)');
    assert.deepEqual([nested[0], nested.length, nested.at(-1)], ['child-11', 11, 'Load 10 more…']);
  });

  it('shows what is deleted when asked, and says so', async () => {
    const { experiments } = await trees();
    assert.ok(!(await namesBelow(experiments)).includes('deleted'));
    await execute('ringside.showDeleted');
    const gone = experiments.getTreeItem(await elementAt(experiments, 'deleted'));
    assert.deepEqual([gone.contextValue, gone.description], ['experiment;deleted', 'deleted']);
    const thrown = experiments.getTreeItem(await elementAt(experiments, 'nested', 'thrown'));
    assert.equal(thrown.contextValue, 'run;deleted');
    assert.match(String(thrown.description), /^deleted · /);
    assert.deepEqual(await namesBelow(experiments, 'deleted'), ['old']);
  });

  it('shows hostile names as they are, on one line, never as Markdown', async () => {
    const { experiments } = await trees();
    const element = await elementAt(experiments, '**bold** $(alert) `x` [link](command:ringside.refresh)');
    const { tooltip } = experiments.resolveTreeItem(experiments.getTreeItem(element), element);
    assert.ok(typeof tooltip === 'object');
    assert.ok(!/[^\\]\[link\]\(command/.test(tooltip.value), tooltip.value);
    assert.deepEqual(await namesBelow(experiments, '**bold** $(alert) `x` [link](command:ringside.refresh)'), [
      'No runs',
    ]);
  });
});

describe('A store that cannot be read', () => {
  after(async () => {
    await showOwnStores();
    await shown((await trees()).experiments, 'digits-reader');
  });

  it('is one element with the sentence and what to do, in both trees', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'ringside-broken-')), 'mlflow.db');
    writeFileSync(file, 'this is no database, whatever its name says. '.repeat(100));
    const ui = await scripted();
    await showStore('broken', `sqlite:///${file}`);
    const { experiments, models } = await trees();
    for (const provider of [experiments, models]) {
      const item = await until(async () => {
        const [element, ...others] = await provider.getChildren();
        return element?.kind === 'error' && others.length === 0 && provider.getTreeItem(element);
      });
      assert.match(item.contextValue ?? '', /^error;(unsupported|invalid)$/);
      assert.match(labelOf(item), /mlflow\.db|SQLite|database/);
      assert.equal(item.command?.command, 'ringside.showLog');
    }
    // The element says it: also asked for again, by what reads in the background as well, nothing pops up.
    const { registries } = await ringside();
    await execute('ringside.refresh');
    await assert.rejects(registries.describe('broken'));
    assert.deepEqual([ui.failures, ui.said], [[], []]);
  });

  it('offers to look again where it is not there', async () => {
    await showStore('nowhere', `sqlite:///${path.join(tmpdir(), 'ringside-nowhere', 'mlflow.db')}`);
    const { experiments } = await trees();
    const item = await until(async () => {
      const [element] = await experiments.getChildren();
      const row = element && experiments.getTreeItem(element);
      return row?.contextValue === 'error;notFound' && row;
    });
    assert.equal(item.command?.command, 'ringside.refresh');
  });
});
