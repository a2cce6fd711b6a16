import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { commands, env, window } from 'vscode';
import { commands as ids } from '../../src/ids';
import type { ArtifactElement } from '../../src/app/elements';
import { refusal, run } from './script';
import { elementAt } from './treeText';
import { ownSample, showOwnStores, showsFirst, showStore, trees, until } from './window';

const question = 'Download into which folder?';

describe('Downloading artifacts', () => {
  let folder: string;
  const artifact = async (...labels: string[]): Promise<ArtifactElement> => {
    const runLabels = ['tumour-screening', 'sgd-mean-weighted', 'Artifacts'];
    return (await elementAt((await trees()).experiments, ...runLabels, ...labels)) as ArtifactElement;
  };

  before(async () => {
    const sample = await ownSample();
    await showStore('downloads', sample.uri);
    await until(async () => {
      const [first] = await (await trees()).experiments.getChildren();
      return first?.kind === 'experiment' && first.ref.registry === 'downloads';
    });
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-downloads-'));
  });
  after(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  });

  it('asks for a folder, brings what is selected, once each, and says how much', async () => {
    const selected = [await artifact('plots'), await artifact('reports', 'report.json'), await artifact('reports')];
    const { asked, said } = await run(ids.download, [selected[1], selected], folder);
    assert.deepEqual(asked, [question]);
    assert.match(said.at(-1) ?? '', /^Downloaded 4 files, \d+\.\d KB$/);
    assert.deepEqual(readdirSync(folder).sort(), ['plots', 'reports']);
    assert.equal(readdirSync(path.join(folder, 'reports')).length, 3);
  });

  it('shows the SHA-256 of a file, and gives those of many as a list', async () => {
    const one = await run(ids.download, [await artifact('reports', 'report.json')], folder);
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(folder, 'report.json')))
      .digest('hex');
    assert.match(one.said.at(-1) ?? '', new RegExp(`^Downloaded report\\.json, \\d.*B\\. SHA-256 ${sha256}$`));
    const whole = await elementAt((await trees()).models, 'tumour-classifier', 'v3');
    await run(ids.download, [whole], folder, 'Show Checksums');
    const editor = await until(() => window.activeTextEditor);
    const lines = editor.document.getText().trim().split('\n');
    assert.equal(lines.length, readdirSync(path.join(folder, 'tumour-classifier-v3')).length);
    for (const line of lines) {
      const [digest, file = ''] = line.split('  ');
      assert.equal(createHash('sha256').update(readFileSync(file)).digest('hex'), digest);
    }
  });

  it('keeps what is there: both or nothing', async () => {
    writeFileSync(path.join(folder, 'report.json'), 'mine');
    const file = await artifact('reports', 'report.json');
    const { asked } = await run(ids.download, [file], folder, false);
    assert.deepEqual(asked, [question, `"report.json" is in ${folder} already.`]);
    assert.deepEqual(readdirSync(folder), ['report.json']);
    for (let copy = 0; copy < 2; copy++) await run(ids.download, [file], folder, true);
    assert.deepEqual(readdirSync(folder).sort(), ['report (2).json', 'report (3).json', 'report.json']);
    assert.equal(readFileSync(path.join(folder, 'report.json'), 'utf8'), 'mine');
  });

  it('does nothing without a folder', async () => {
    const { said } = await run(ids.download, [await artifact('plots')], undefined);
    assert.deepEqual(said, []);
  });

  it('takes the address that a run’s page gives, and all of a run', async () => {
    const { ref, root } = await artifact('plots');
    await run(ids.download, [{ registry: ref.registry, root, path: 'plots' }], folder);
    await run(ids.download, [{ registry: ref.registry, root, path: '' }], folder);
    assert.deepEqual(readdirSync(folder).sort(), [ref.id, 'plots'].sort());
    const none = await refusal(ids.download, [{ registry: ref.registry, root, path: '../x' }], folder);
    assert.equal(none.kind, 'invalid');
  });

  it('reveals what lies on this machine', async () => {
    const { said } = await run(ids.revealArtifact, [await artifact('plots')], 'Copy Path');
    assert.match(said[0] ?? '', /^It lies at .*plots$/);
    assert.equal(`It lies at ${await env.clipboard.readText()}`, said[0]);
    const downloaded = await run(ids.download, [await artifact('plots')], folder, 'Reveal', 'Copy Path');
    assert.equal(downloaded.said.at(-1), `It lies at ${path.join(folder, 'plots')}`);
  });
});
