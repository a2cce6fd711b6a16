import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser, openWorkbench } from '../../harness/browser.mjs';
import { type CodeServer, workbenchUrl } from '../../harness/codeServer.mjs';
import { runningEndpoints, stopEndpoints } from '../../harness/endpoints.mjs';
import { startMlflowServer } from '../../harness/mlflowServer.mjs';
import { inRepo, scratchDir } from '../../harness/paths.mjs';
import { isAlive } from '../../harness/processes.mjs';
import { makeSampleWorkspace, sampleExperiment } from '../../harness/sampleWorkspace.mjs';
import { startWindowServer, userDataOf } from '../../harness/windowServer.mjs';
import { championByMlflow, createExperiment, noteOf, seesChanges } from './elsewhere';
import { patience, type Theme, until, Workbench } from './workbench';

type MlflowServer = Awaited<ReturnType<typeof startMlflowServer>>;

const themes: readonly (Theme & { readonly name: string })[] = [
  { name: 'light', label: 'Light 2026', workbench: 'vs', webview: 'light' },
  { name: 'contrast', label: 'Dark High Contrast', workbench: 'hc-black', webview: 'high-contrast' },
  { name: 'dark', label: 'Dark 2026', workbench: 'vs-dark', webview: 'dark' },
];

const model = 'tumour-classifier';

/** Seconds between two looks at a server. */
const pollInterval = 5;

/** One window and one registry for all tests: each goes on where the one before has stopped. */
describe('The main job in a window (ui)', function () {
  this.timeout(240_000);
  const base = path.join(scratchDir('ui'), 'window');
  const folder = path.join(base, 'workspace');
  const database = `sqlite:///${folder}/mlflow.db`;
  const screens = inRepo('out', 'screens');
  let server: CodeServer;
  let browser: Browser;
  let window: Workbench;
  let mlflow: MlflowServer | undefined;
  const errors: string[] = [];

  before(async () => {
    mkdirSync(screens, { recursive: true });
    await makeSampleWorkspace(folder);
    server = await startWindowServer({
      base,
      settings: { 'workbench.colorTheme': 'Dark 2026', 'ringside.pollInterval': pollInterval },
    });
    browser = await launchBrowser();
    const page = await openWorkbench(browser, {
      url: workbenchUrl({ base: server.url, folder }),
      onLog: (type, text) => (type === 'error' ? errors.push(text) : undefined),
    });
    page.setDefaultTimeout(patience);
    window = new Workbench(page);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.title.replace(/\W+/g, '-').slice(0, 40);
    await window.page.screenshot({ path: path.join(screens, `failed-${name}.png`) });
  });

  after(async () => {
    await browser.close();
    await server.stop();
    await mlflow?.stop();
    await stopEndpoints(userDataOf(base));
    rmSync(base, { recursive: true, force: true });
  });

  const shot = (name: string): Promise<void> => window.picture(path.join(screens, `${name}.png`));
  const version = (number: number): ReturnType<Workbench['row']> =>
    window.row('Models', new RegExp(`^Version ${number},`));

  it('finds the registry of the workspace and shows experiments, runs and what a run logged', async () => {
    await window.openRingside();
    await window.row('Experiments', new RegExp(`^${sampleExperiment}, 15 runs`)).waitFor();
    const experiments = await window.spoken('Experiments');
    assert.deepEqual(experiments, ['digits-reader, 12 runs', 'wine-quality, 11 runs', `${sampleExperiment}, 15 runs`]);
    await window.statusBar(/mlflow\.db/).waitFor();

    await window.expand(window.row('Experiments', new RegExp(`^${sampleExperiment}`)));
    const run = window.row('Experiments', /^Run mlp-12, finished, accuracy 0\.9737/);
    await window.expand(run);
    for (const group of [/^Params \(6\)/, /^Metrics \(13\)/, /^Tags/, /^Artifacts/])
      await window.row('Experiments', group).waitFor();
  });

  it('opens the page of a run: what it is, its params and metrics, a chart', async () => {
    await window.row('Experiments', /^Run mlp-12,/).click();
    await window.page.keyboard.press('Enter');
    const panel = await window.panel('rs-run', /mlp-12/);
    await panel.getByRole('definition').filter({ hasText: 'train_tumour.py' }).waitFor();
    await panel.locator('rs-metric-tile', { hasText: 'auc' }).getByText('0.9979').waitFor();
    await panel.locator('rs-metric-tile', { hasText: 'val_loss' }).getByRole('button').click();
    await panel.locator('rs-metric-chart', { hasText: 'val_loss' }).locator('canvas').first().waitFor();
    await panel.getByRole('row', { name: /^hidden 12/ }).waitFor();
  });

  it('compares two versions: the sentence on top, the best marked, the charts', async () => {
    await window.expand(window.row('Models', new RegExp(`^${model}`)));
    await version(4).click();
    await version(5).click({ modifiers: ['Control'] });
    await window.chooseFromMenu(version(5), /^Compare/);
    const panel = await window.panel('rs-compare', /against/);
    await panel.getByRole('heading', { name: `${model}: v5 against v4` }).waitFor();
    await panel.getByText(/^Metrics: \d+ better, \d+ worse in v5 · Params: \d+ differ$/).waitFor();
    const accuracy = await panel.getByRole('row', { name: /^accuracy/ }).textContent();
    assert.match(accuracy ?? '', /0\.9649.*0\.9737.*\(best\).*▲better.*\+0\.0088/s);
    await panel.getByRole('heading', { name: /Charts/ }).scrollIntoViewIfNeeded();
    await panel.locator('rs-metric-chart canvas').first().waitFor();
  });

  it('charts in the Metrics view what is selected', async () => {
    await window.fold('Metrics', false);
    await window.panel('rs-metrics', /v4.*v5/s);
    await window.row('Experiments', /^Run mlp-12-alpha1,/).click();
    const view = await window.panel('rs-metrics', /mlp-12-alpha1/);
    await view.locator('canvas').first().waitFor();
    await window.fold('Metrics', true);
  });

  it('registers a version from a run by the dialogs, and shows it', async () => {
    await window.chooseFromMenu(window.row('Experiments', /^Run mlp-12,/), /^Register Model Version/);
    await window.pick(/Register under which model/, new RegExp(`^${model}`));
    const question = await window.answer('Register');
    assert.match(question, new RegExp(`as a new version of ${model}\\?`));
    await version(6).waitFor();
  });

  it('moves an alias from its holder after saying so; MLflow itself finds it there', async () => {
    await window.chooseFromMenu(version(6), /^Set Alias/);
    await window.find(/^Alias for/, 'next', /^New alias…/);
    await window.find(/^Alias for/, '', /@champion/);
    await window.pick(/^Alias for/, /@champion/);
    const question = await window.answer('Move');
    assert.match(question, new RegExp(`Move @champion of ${model} from v3 to v6\\?`));
    await window.row('Models', /^Version 6, @champion/).waitFor();
    await window.row('Models', /^Version 3, (?!.*@champion)/).waitFor();
    assert.equal(await championByMlflow(database, model), '6');
  });

  it('serves a version on this machine, which answers the editor and whoever calls it', async () => {
    await window.closeEditors();
    await window.chooseFromMenu(version(6), /^Deploy Locally/);
    await window.notification(/v6 is served at/).waitFor();
    await window.fold('Endpoints', false);
    const serving = window.row('Endpoints', new RegExp(`^${model} version 6, serving`));
    await serving.waitFor();
    await window
      .notification(/v6 is served at/)
      .getByRole('button', { name: 'Try It' })
      .click();
    const answer = await window.editorText(/"predictions"/);
    assert.match(answer, /"status": 200/);
    assert.match(answer, /"latency_ms": \d/);
    const address = /127\.0\.0\.1:\d+/.exec((await serving.getAttribute('aria-label')) ?? '')?.[0];
    assert.equal((await fetch(`http://${address}/ping`)).status, 200);
    assert.equal(runningEndpoints(userDataOf(base)).length, 1);
    await shot('deploy');
  });

  it('stops it after asking, and no process is left', async () => {
    const [pid] = runningEndpoints(userDataOf(base));
    await window.chooseFromMenu(window.row('Endpoints', new RegExp(`^${model}`)), /^Stop Endpoint/);
    assert.match(await window.answer('Stop'), /Stop tumour-classifier v6\?/);
    await window.row('Endpoints', new RegExp(`^${model} version 6, stopped`)).waitFor();
    assert.ok(pid !== undefined);
    await until(() => Promise.resolve(!isAlive(pid)));
    assert.deepEqual(runningEndpoints(userDataOf(base)), []);
    await window.fold('Endpoints', true);
  });

  it('copies, renames, describes, deletes and restores a run by its keys and its menu', async () => {
    const run = (name: RegExp): ReturnType<Workbench['row']> => window.row('Experiments', name);
    await window.closeEditors();
    await run(/^Run mlp-8-weighted,/).click();
    await window.page.keyboard.press('Control+C');
    await window.statusBar(/^Copied/).waitFor();
    await window.page.keyboard.press('F2');
    await window.type(/^Rename mlp-8-weighted/, 'brisk-fox');
    await window.chooseFromMenu(run(/^Run brisk-fox,/), /^Edit Description/);
    await window.page.locator('.editor-group-container.active .view-lines').click();
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.type('Seen *twice*.');
    await window.page.keyboard.press('Control+S');
    await until(async () => (await noteOf(database, 'brisk-fox')) === 'Seen *twice*.');
    await run(/^Run brisk-fox,/).click();
    await window.page.keyboard.press('Delete');
    assert.match(await window.answer('Delete'), /Delete run brisk-fox\?/);
    await run(/^Run brisk-fox,/).waitFor({ state: 'detached' });
    await window.runCommand('Ringside: Show Deleted');
    await window.chooseFromMenu(run(/^Run brisk-fox,.*deleted/), /^Restore Run/);
    await run(/^Run brisk-fox,(?!.*deleted)/).waitFor();
    await window.runCommand('Ringside: Hide Deleted');
    await window.closeEditors();
  });

  it('is drawn in light, in high contrast and in dark', async () => {
    await window.closeEditors();
    for (const theme of themes) {
      await window.chooseFromMenu(window.row('Experiments', /^Run mlp-12,/), /^Open Run/);
      const run = await window.panel('rs-run', /mlp-12/);
      await window.wear(theme, run);
      await run.locator('rs-metric-tile path').first().waitFor();
      await shot(`${theme.name}-run`);
      await version(4).click();
      await version(5).click({ modifiers: ['Control'] });
      await window.chooseFromMenu(version(5), /^Compare/);
      const compare = await window.panel('rs-compare', /v5 against v4/);
      // The panel keeps where it was scrolled to.
      await compare.getByRole('heading', { name: /against/ }).scrollIntoViewIfNeeded();
      await shot(`${theme.name}-compare`);
      await compare.getByRole('heading', { name: /Charts/ }).scrollIntoViewIfNeeded();
      await compare.locator('canvas').first().waitFor();
      await shot(`${theme.name}-charts`);
    }
  });

  it('shows the pages that were open again after Reload Window, with their content and as they were sorted', async () => {
    await window.chooseFromMenu(window.row('Experiments', new RegExp(`^${sampleExperiment}`)), /^Open Runs Table/);
    const before = await window.panel('rs-runs', /15 runs/);
    await before.getByRole('columnheader', { name: 'Run', exact: true }).click();
    await before.locator('[role=columnheader][aria-sort=descending]').waitFor();
    await window.reload();
    const runs = await window.panel('rs-runs', /15 runs/);
    await runs.locator('[role=columnheader][aria-sort=descending]', { hasText: 'Run' }).waitFor();
    await runs.getByRole('row', { name: /\bsvc-rbf\b/ }).waitFor();
    await window.tab('v5 against v4').click();
    const compare = await window.panel('rs-compare', /v5 against v4/);
    await compare.getByRole('row', { name: /^accuracy/ }).waitFor();
    await window.tab('mlp-12').click();
    const run = await window.panel('rs-run', /mlp-12/);
    await run.getByRole('row', { name: /^hidden 12/ }).waitFor();
  });

  it('connects to a server whose address is typed, and shows that one', async () => {
    const served = await makeSampleWorkspace(path.join(base, 'served'));
    mlflow = await startMlflowServer({ folder: served });
    await createExperiment(mlflow.url, 'only-on-the-server');
    await window.runCommand('Ringside: Add Registry');
    await window.pick(/^Add Registry/, /^Server/);
    await window.type(/^Address of the MLflow server/, mlflow.url);
    await window.type(/^Name of the registry/, 'lab');
    await window.row('Experiments', /^only-on-the-server/).waitFor();
    await window.statusBar(/lab/).waitFor();
    await shot('connected');
  });

  it('shows by itself what somebody changes on the server', async () => {
    assert.ok(mlflow);
    await seesChanges(window, { uri: mlflow.url, name: 'server', folder: base });
  });

  it('shows by itself what somebody changes in an mlruns folder', async () => {
    const uri = path.join(folder, 'mlruns');
    await seesChanges(window, { uri, name: 'folder', folder: base }, () => window.switchTo(/^mlruns/));
  });

  it('printed no error of its own in all that time', () => {
    assert.deepEqual(
      errors.filter((text) => /ringside|Content Security Policy/i.test(text)),
      [],
    );
  });
});
