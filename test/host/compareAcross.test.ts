import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands, TabInputTextDiff, window, workspace } from 'vscode';
import { RegistrySet } from '../../src/app/registrySet';
import { type Ref, versionOf, versionRef } from '../../src/domain/ref';
import type { CompareContent, CompareHost } from '../../src/panels/compare/compare.messages';
import { TeamContract } from '../../src/platform/teamContract';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { model, playComparison, sampleAlone, sourceRun } from './openPanels';
import type { PlayedPanel } from './playedPanel';
import { ownSample, until } from './window';

describe('What the Compare panel brings together (host)', function () {
  this.timeout(60_000);
  const contract = new TeamContract();
  let panel: PlayedPanel<CompareHost> | undefined;
  let registries: RegistrySet | undefined;

  afterEach(async () => {
    panel?.dispose();
    registries?.dispose();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(() => contract.dispose());

  const row = ({ rows }: CompareContent, key: string) => rows.find((each) => each.key === key);
  const idsOf = ({ heads }: CompareContent) => heads.map(({ ref, gone }) => [ref.registry, versionOf(ref).name, gone]);

  describe('of two registries', () => {
    let content: CompareContent;
    let apart: CompareContent;

    before(async () => {
      const uris = { ours: (await ownSample()).uri, other: (await ownSample()).uri };
      const opened = new RegistrySet((connection) => openRegistry(connection, { local: openLocal }), Date.now);
      registries = opened;
      opened.setConnections(Object.entries(uris).map(([name, trackingUri]) => ({ name, trackingUri })));
      const { models } = opened.get('other');
      await models.setVersionTag({ name: model, version: '3', key: 'reviewer', value: 'someone else' });
      const compare = async (...refs: readonly Ref[]): Promise<CompareContent> => {
        panel?.dispose();
        panel = playComparison(opened, refs, { contract });
        return panel.channel.request('content', {});
      };
      content = await compare(versionRef('ours', model, '3'), versionRef('other', model, '3'));
      apart = await compare(versionRef('ours', model, '3'), versionRef('other', 'wine-quality', '1'));
    });

    it('is each value of the version from where it is', () => {
      assert.deepEqual(idsOf(content), [
        ['ours', model, undefined],
        ['other', model, undefined],
      ]);
      const accuracy = row(content, 'accuracy');
      assert.equal(typeof accuracy?.values[0], 'number');
      assert.deepEqual([accuracy?.values[1], accuracy?.differs], [accuracy?.values[0], false]);
      assert.deepEqual(row(content, 'reviewer')?.values, ['ben', 'someone else']);
    });

    it('and of two models is what both have, and what one has alone', () => {
      assert.deepEqual(idsOf(apart), [
        ['ours', model, undefined],
        ['other', 'wine-quality', undefined],
      ]);
      const values = (key: string) => row(apart, key)?.values;
      assert.deepEqual(values('accuracy'), [0.9254385964912281, 0.9583333333333334]);
      assert.deepEqual(values('recall/malignant'), [0.9647058823529412, null]);
      assert.deepEqual(values('recall/cultivar-0'), [null, 0.9583333333333334]);
      assert.deepEqual(values('learner'), ['SGDClassifier', 'LogisticRegression']);
    });
  });

  for (const file of ['reports/classification_report.txt', 'reports/report.json']) {
    it(`opens ${file} of both in the diff editor, the baseline on the left`, async () => {
      const runs = [await sourceRun('v3'), await sourceRun('v5')];
      registries = sampleAlone(runs[0]!.registry);
      panel = playComparison(registries, runs, { contract });
      await panel.channel.request('content', {});
      const { pairs } = await panel.channel.request('artifacts', { of: runs });
      const pair = pairs.find((each) => each.path === file);
      assert.ok(pair);
      await panel.channel.request('openArtifacts', { of: runs, ...pair });
      const input = await until(() => {
        const tab = window.tabGroups.activeTabGroup.activeTab;
        return tab?.input instanceof TabInputTextDiff && tab.label === file ? tab.input : undefined;
      });
      const { artifacts } = registries.get(runs[0]!.registry);
      for (const [i, uri] of [input.original, input.modified].entries()) {
        const root = { kind: 'run', runId: runs[i]!.id } as const;
        const { localPath } = await artifacts.locate({ root, path: file });
        const document = await workspace.openTextDocument(uri);
        assert.equal(document.getText(), readFileSync(localPath ?? '', 'utf8'));
      }
    });
  }
});
