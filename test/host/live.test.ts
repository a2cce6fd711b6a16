import * as assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { commands, extensions, window } from 'vscode';
import { RegistrySet } from '../../src/app/registrySet';
import { Watcher } from '../../src/app/watcher';
import type { Disposable, Registry } from '../../src/domain/ports';
import type { Ref } from '../../src/domain/ref';
import { commands as ids } from '../../src/ids';
import { PanelSet } from '../../src/panels/panelSet';
import { runPanels } from '../../src/panels/run/runPanel';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import type { Element } from '../../src/app/elements';
import type { TreeProvider } from '../../src/views/treeProvider';
import { Oracle } from '../contract/oracle';
import { execute, refusal, run } from './script';
import { elementAt, rowsOf, withoutTimes } from './treeText';
import { pageServices, ringside, showOwnStores, showsFirst, showStore, trees, until } from './window';

const isLooking = (): boolean => true;

function later(ms: number, act: () => void): Disposable {
  const timer = setTimeout(act, ms);
  return { dispose: () => clearTimeout(timer) };
}

/** What VS Code itself asks of a tree. */
class Asked {
  readonly ids: (string | undefined)[] = [];
  private readonly original: TreeProvider['getChildren'];

  constructor(private readonly provider: TreeProvider) {
    this.original = provider.getChildren.bind(provider);
    provider.getChildren = (element?: Element) => {
      this.ids.push(element?.id);
      return this.original(element);
    };
  }

  stop(): void {
    this.provider.getChildren = this.original;
  }
}

describe('Live (host)', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-live-'));
  const uri = `sqlite:///${path.join(folder, 'mlflow.db')}`;
  const oracle = new Oracle(folder);
  const change = <T>(what: string): Promise<T> => oracle.ask<T>('change', uri, what, 'host');
  let experiment: Ref;
  let runId: string;

  /** The tree's rows as they are drawn; asks the tree only, and the tree keeps what it has read. */
  const runs = async (): Promise<unknown[]> => {
    const { experiments } = await trees();
    const element = experiments.expanded.find(({ ref }) => ref?.id === experiment.id);
    assert.ok(element, 'the experiment stays expanded');
    return withoutTimes(await rowsOf(experiments, undefined, element));
  };

  before(async () => {
    const [experimentId, firstRun] = await change<[string, string]>('begin');
    runId = firstRun;
    experiment = { kind: 'experiment', registry: 'live', id: experimentId };
    await showStore('live', uri);
    await showsFirst('experiments', 'seen host');
    await commands.executeCommand('ringside.experiments.focus');
    await (await ringside()).trees.reveal(experiment);
    await until(async () => (await trees()).experiments.expanded.some(({ ref }) => ref?.id === experimentId));
  });

  after(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    oracle.dispose();
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  });

  it('shows by itself a run that MLflow’s client logs, and what was expanded stays so', async () => {
    const { experiments } = await trees();
    assert.deepEqual(await runs(), ['first | running · loss 1']);
    const asked = new Asked(experiments);
    try {
      await change('new run');
      await until(() => experiments.expanded.length > 0 && asked.ids.includes(JSON.stringify(['live', experiment.id])));
    } finally {
      asked.stop();
    }
    assert.deepEqual(await runs(), ['second | running', 'first | running · loss 1']);
  });

  it('shows by itself the next value of a metric, and what was selected stays so', async () => {
    const { trees: views } = await ringside();
    const { experiments } = await trees();
    await views.reveal({ kind: 'run', registry: 'live', id: runId });
    const selected = (): unknown[] => views.selected.map(({ ref }) => ref?.id);
    await until(() => selected().includes(runId));
    const asked = new Asked(experiments);
    try {
      await change('metric');
      await until(async () => (await runs()).includes('first | running · loss 0.5000'));
      await until(() => asked.ids.includes(JSON.stringify(['live', experiment.id])));
    } finally {
      asked.stop();
    }
    // What is read again has no elements for a moment.
    await until(() => selected().length > 0);
    assert.deepEqual(selected(), [runId]);
  });

  it('shows by itself an alias that somebody moves', async () => {
    const { models } = await trees();
    const [row] = await rowsOf(models);
    assert.equal(row, 'seen-host | @champion v1');
    await change('alias');
    await until(async () => (await rowsOf(models))[0] === 'seen-host | @champion v2');
  });

  it('counts the running runs on the side bar’s icon', async () => {
    const { trees: views } = await ringside();
    await until(() => views.badge?.value === 2);
    assert.equal(views.badge?.tooltip, '2 runs are running');
  });

  it('updates an open page and its chart in place', async () => {
    const read: string[] = [];
    const opened = openRegistry({ name: 'live', trackingUri: uri }, { local: openLocal });
    const registry: Registry = {
      ...opened,
      runs: {
        ...opened.runs,
        histories: async (query, signal) => {
          const histories = await opened.runs.histories(query, signal);
          for (const { key, values } of histories) read.push(`${key} ${values.length}`);
          return histories;
        },
      },
    };
    const registries = new RegistrySet(() => registry, Date.now);
    registries.setConnections([registry.connection]);
    const watcher = new Watcher(registries, {
      now: Date.now,
      after: later,
      interval: () => 1000,
      isLooking,
      failed: () => undefined,
    });
    const extensionUri = extensions.getExtension('ringside.ringside')!.extensionUri;
    const logFailure = (error: unknown): never => assert.fail(String(error));
    const kind = runPanels({ extensionUri, registries, watcher, logFailure, ...pageServices });
    const panels = new PanelSet(extensionUri, { ...kind, viewType: 'ringside.live' });
    try {
      panels.show({ ref: { kind: 'run', registry: 'live', id: runId } });
      await until(() => read.includes('loss 2'));
      await change('metric again');
      await until(() => read.includes('loss 3'));
      assert.deepEqual(
        read.filter((reading) => reading.startsWith('loss')),
        ['loss 2', 'loss 3'],
      );
    } finally {
      panels.dispose();
      watcher.dispose();
      registries.dispose();
    }
  });

  it('tells of a run that ends where that was asked for, and of no other, and opens it', async () => {
    const second = await elementAt((await trees()).experiments, 'seen host', 'second');
    const ui = await run(ids.notifyWhenRunEnds, [second], 'Open Run');
    await change('end run');
    await until(async () => (await runs()).includes('first | loss 0.5000'));
    await change('fail other run');
    await until(() => ui.said.some((sentence) => /^Run 'second' failed after \d/.test(sentence)));
    assert.ok(!ui.said.some((sentence) => sentence.includes("'first'")), ui.said.join());
    await until(() => window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'second')));
    const { trees: views } = await ringside();
    await until(() => views.badge === undefined);
    const refused = await refusal(ids.notifyWhenRunEnds, [second]);
    assert.equal(refused.text, 'This run has ended already. Choose one that is running.');
  });

  it('leaves it to VS Code to ask again for a row that is unfolded after a refresh', async () => {
    const { trees: views } = await ringside();
    const { experiments } = await trees();
    const isExpanded = (): boolean => experiments.expanded.some(({ ref }) => ref?.id === experiment.id);
    await views.reveal(experiment);
    await until(isExpanded);
    // Another page may take the focus meanwhile.
    const inTree = async (command: string): Promise<void> => {
      await commands.executeCommand('ringside.experiments.focus');
      await commands.executeCommand(command);
    };
    await until(async () => {
      await inTree('list.collapse');
      return !isExpanded();
    });
    const asked = new Asked(experiments);
    let told = 0;
    const listening = experiments.onDidChangeTreeData(() => told++);
    try {
      await execute(ids.refresh);
      await until(() => asked.ids.includes(undefined));
      [told, asked.ids.length] = [0, 0];
      await until(async () => {
        await inTree('list.expand');
        return asked.ids.includes(JSON.stringify(['live', experiment.id]));
      });
      assert.equal(told, 0);
    } finally {
      listening.dispose();
      asked.stop();
    }
  });

  it('rests while it is paused, and shows what was missed when it goes on', async () => {
    await execute(ids.pauseLiveUpdates);
    await change('rename run');
    const before = await runs();
    assert.ok(before.includes('first | loss 0.5000'), String(before));
    await execute(ids.resumeLiveUpdates);
    await until(async () => (await runs()).includes('first renamed | loss 0.5000'));
  });
});
