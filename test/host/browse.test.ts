import * as assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import { refusal, run } from './script';
import { elementAt, rowsOf, withoutTimes } from './treeText';
import { ringside, trees, until } from './window';

async function runsOf(experiment: string): Promise<string[]> {
  const { experiments } = await trees();
  const rows = await rowsOf(experiments, undefined, await elementAt(experiments, experiment));
  return withoutTimes(rows)
    .map(String)
    .filter((row) => row !== 'Logged models');
}

describe('Browsing the sample by commands', () => {
  const experiment = async (name: string) => elementAt((await trees()).experiments, name);

  before(async () => {
    const { experiments } = await trees();
    await until(async () => (await rowsOf(experiments)).length > 1);
  });

  it('sorts the runs of one experiment by a metric, by name and by duration, and remembers it', async () => {
    const wine = await experiment('wine-quality');
    await run('ringside.sortRuns', [wine], 'log_loss', 'Lowest first');
    assert.match((await runsOf('wine-quality'))[0] ?? '', /\| log_loss 0\.0/);
    await run('ringside.sortRuns', [wine], 'Name', 'A to Z');
    const names = (await runsOf('wine-quality')).map((row) => row.replace(/ \|.*/, ''));
    assert.deepEqual(names, [...names].sort());
    await run('ringside.sortRuns', [wine], 'Duration', 'Longest first');
    assert.match(String((await rowsOf((await trees()).experiments))[1]), /by duration ↓$/);
    await run('ringside.sortRuns', [wine], 'Start time', 'Newest first');
    assert.equal((await runsOf('wine-quality'))[0]?.startsWith('mlp-12'), true);
  });

  it('shows the headline metric that was chosen, beside runs and beside versions made from them', async () => {
    await run('ringside.chooseHeadlineMetric', [await experiment('tumour-screening')], 'auc');
    assert.match((await runsOf('tumour-screening'))[0] ?? '', /^mlp-12 \| auc 0\./);
    const { models } = await trees();
    const rows = await rowsOf(models, undefined, await elementAt(models, 'tumour-classifier'));
    assert.match(String(rows[0]), /^v5 \| auc 0\./);
    await run('ringside.chooseHeadlineMetric', [await experiment('tumour-screening')], 'accuracy');
  });

  it('filters runs, refuses what it cannot read while it is typed, and clears', async () => {
    const refused = await run('ringside.filterRuns', [], 'metrics.accuracy >');
    assert.match(refused.said[0] ?? '', /character/);
    await run('ringside.filterRuns', [], "metrics.accuracy > 0.97 AND attributes.run_name LIKE 'mlp%'");
    assert.deepEqual(await runsOf('wine-quality'), ['mlp-6 | accuracy 0.9722']);
    await run('ringside.filterRuns', [], 'metrics.accuracy > 2');
    assert.deepEqual(await runsOf('wine-quality'), ['No runs match metrics.accuracy > 2']);
    assert.match((await ringside()).trees.message ?? '', /Runs where metrics\.accuracy > 2/);
    await run('ringside.clearRunFilter', []);
    assert.equal((await runsOf('wine-quality')).length, 11);
    assert.doesNotMatch((await ringside()).trees.message ?? '', /Runs where/);
  });

  it('filters models by part of their name', async () => {
    const { models } = await trees();
    await run('ringside.filterModels', [], 'WINE');
    assert.equal((await rowsOf(models)).length, 1);
    await run('ringside.filterModels', [], "it's %");
    assert.deepEqual(await rowsOf(models), ['No model matches']);
    await run('ringside.clearModelFilter', []);
    assert.equal((await rowsOf(models)).length, 2);
  });

  it('copies ids, URIs, snippets and exact values', async () => {
    const { experiments, models } = await trees();
    const copied = async (command: string, element: unknown): Promise<string> => {
      await run(command, [element, [element]]);
      return env.clipboard.readText();
    };
    const v3 = await elementAt(models, 'tumour-classifier', 'v3');
    assert.equal(await copied('ringside.copyId', v3), 'tumour-classifier/3');
    assert.equal(await copied('ringside.copyUri', v3), 'models:/tumour-classifier/3');
    assert.match(
      await copied('ringside.copySnippet', v3),
      /set_tracking_uri\("sqlite:\/\/\/.*load_model\("models:\/tumour-classifier\/3"\)/s,
    );
    const knn = await elementAt(experiments, 'digits-reader', 'knn-3');
    assert.match(await copied('ringside.copyUri', knn), /^runs:\/[0-9a-f]{32}$/);
    const [metric] = await experiments.getChildren(
      (await experiments.getChildren(knn)).find((group) => group.kind === 'group' && group.name === 'metrics'),
    );
    assert.match(await copied('ringside.copyId', metric), /^0\.\d{6,}$/);
    const mlp = await elementAt(experiments, 'tumour-screening', 'mlp-12');
    const [folder] = await experiments.getChildren(
      (await experiments.getChildren(mlp)).find((group) => group.kind === 'group' && group.name === 'artifacts'),
    );
    assert.match(
      await copied('ringside.copySnippet', folder),
      /download_artifacts\(run_id="[0-9a-f]{32}", artifact_path="plots"\)/,
    );
    assert.match(
      await copied('ringside.copyLoggingSnippet', await elementAt(experiments, 'digits-reader')),
      /set_experiment\(experiment_id="\d+"\).*log_metric/s,
    );
    await run('ringside.copyId', [knn, [knn, v3]]);
    assert.equal((await env.clipboard.readText()).split('\n').length, 2);
  });

  it('reveals the run of a version, which then is what commands without arguments are about', async () => {
    const { experiments, models } = await trees();
    const sweep = await experiments.getChildren(await elementAt(experiments, 'digits-reader', 'mlp-sweep'));
    const nested = sweep.find((group) => group.kind === 'group' && group.name === 'nested');
    const [first] = await experiments.getChildren(nested);
    await run('ringside.revealRun', [await elementAt(models, 'tumour-classifier', 'v3')]);
    await run('ringside.revealRun', [first]);
    await until(async () => {
      await run('ringside.copyId', []);
      return (await env.clipboard.readText()) === first?.ref?.id;
    });
  });

  it('goes to what is typed', async () => {
    const going = run('ringside.goTo', ['wine-quality/2']);
    let arrived = false;
    void going.finally(() => (arrived = true));
    await until(async () => {
      // Accepted as soon as something is found; before that Enter does nothing.
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return arrived;
    });
    await going;
    await until(async () => {
      await run('ringside.copyId', []);
      return (await env.clipboard.readText()) === 'wine-quality/2';
    });
  });

  it('says why a local store has no web page to open, and what to do', async () => {
    const { text } = await refusal('ringside.openInWebUi', []);
    assert.match(text, /is not a server.*Start MLflow UI/);
  });
});
