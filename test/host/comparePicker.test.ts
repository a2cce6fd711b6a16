import * as assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commands as ids } from '../../src/ids';
import { panelTabs } from './openPanels';
import { refusal, run } from './script';
import { elementAt, labelOf } from './treeText';
import { ringside, showsFirst, trees, until } from './window';

const all = 'Compare which runs or versions?';

describe('Compare from the palette', () => {
  before(async () => {
    await showsFirst('experiments', 'digits-reader');
    const { ref } = await elementAt((await trees()).experiments, 'digits-reader');
    assert.ok(ref);
    // What other tests have selected would be compared.
    await (await ringside()).trees.reveal(ref);
    await until(async () => (await run(ids.compare, [], undefined)).asked[0] === all);
  });

  after(async () => commands.executeCommand('workbench.action.closeAllEditors'));

  it('offers the versions of all models and the runs of all experiments where nothing is selected', async () => {
    const { offered } = await run(ids.compare, [], undefined);
    for (const label of ['tumour-classifier v5', 'wine-quality v2']) {
      assert.ok(
        offered.some((each) => each.startsWith(label)),
        label,
      );
    }
    const { experiments } = await trees();
    for (const experiment of await experiments.getChildren()) {
      const [first] = await experiments.getChildren(experiment);
      assert.ok(first);
      const label = labelOf(experiments.getTreeItem(first));
      assert.ok(
        offered.some((each) => each.startsWith(label)),
        label,
      );
    }
  });

  it('offers the other versions of a model, and refuses where none of them is chosen', async () => {
    const version = await elementAt((await trees()).models, 'tumour-classifier', 'v3');
    const { asked, offered } = await run(ids.compare, [version], undefined);
    assert.deepEqual(asked, ['Compare with which?']);
    const labels = offered.map((each) => each.split(' | ')[0]);
    assert.deepEqual(
      labels,
      ['5', '4', '2', '1'].map((number) => `tumour-classifier v${number}`),
    );
    assert.match((await refusal(ids.compare, [version], [])).message, /two or more runs or versions/);
    assert.deepEqual(panelTabs('compare'), []);
    await run(ids.compare, [version], ['tumour-classifier v5']);
    await until(() => panelTabs('compare').length === 1);
  });

  it('offers the other runs of an experiment', async () => {
    const { experiments } = await trees();
    const experiment = await elementAt(experiments, 'digits-reader');
    const [first] = await experiments.getChildren(experiment);
    assert.ok(first);
    const { offered } = await run(ids.compare, [first], undefined);
    const whole = (await run(ids.compare, [], undefined)).offered;
    assert.ok(offered.length > 0 && offered.length < whole.length);
    assert.ok(offered.every((each) => whole.includes(each) && !each.startsWith('wine-quality v')));
  });
});
