import * as assert from 'node:assert/strict';
import { commands, ConfigurationTarget, type TextDocument, window, workspace, WorkspaceEdit, Range } from 'vscode';
import { valueOf } from '../../src/domain/experiment';
import { type Ref, versionOf } from '../../src/domain/ref';
import { noteTag } from '../../src/domain/run';
import { commands as ids, textScheme } from '../../src/ids';
import { databaseClass } from '../../src/registries/sqlite/nodeSqlite';
import { refusal, run } from './script';
import { elementAt, rowsOf } from './treeText';
import { trees, until } from './window';
import { WrittenSample } from './writtenSample';

const name = 'tumour-classifier';

describe('Editing by commands', () => {
  let store: WrittenSample;
  before(async () => {
    store = await WrittenSample.show('edited');
  });
  after(() => store.dispose());
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  const tagOfRun = async ({ id }: Ref, key: string): Promise<string | undefined> =>
    valueOf((await store.other.runs.get({ runId: id })).tags, key);

  describe('Set Tag and Delete Tag', () => {
    it('sets a new tag of a run, shows it in the tree, and changes it where it stands', async () => {
      const ref = await store.sourceRun(name, 'v3');
      const made = await run(ids.setTag, [ref], 'New tag…', 'owner', 'ada');
      assert.equal(made.said.at(-1), "Tag owner is 'ada'");
      const changed = await run(ids.setTag, [ref], 'owner', 'ben');
      assert.ok(changed.offered.includes('owner | ada'), changed.offered.join());
      assert.equal(changed.said.at(-1), "Tag owner is now 'ben' (was 'ada')");
      assert.equal(await tagOfRun(ref, 'owner'), 'ben');
      const { runName } = await store.other.runs.get({ runId: ref.id });
      const { experiments } = await trees();
      const groups = await experiments.getChildren(await elementAt(experiments, 'tumour-screening', runName));
      const tags = groups.find((group) => group.kind === 'group' && group.name === 'tags');
      const row = (await experiments.getChildren(tags)).find((tag) => tag.kind === 'tag' && tag.pair.key === 'owner');
      assert.ok(row);
      assert.equal(experiments.getTreeItem(row).description, 'ben');
      await run(ids.setTag, [row], 'eva');
      const deleted = await run(ids.deleteTag, [row], true);
      assert.deepEqual(
        [deleted.asked, deleted.said.at(-1)],
        [[`Delete tag owner of ${runName}?`], `Deleted: tag owner of ${runName}`],
      );
      assert.equal(await tagOfRun(ref, 'owner'), undefined);
    });

    it('sets tags of versions, models and experiments', async () => {
      const things = [await store.model(name, 'v2'), await store.model(name), await store.experiment('wine-quality')];
      for (const ref of things) await run(ids.setTag, [ref], 'New tag…', 'asked-by', 'eva');
      const version = await store.other.models.version({ name, version: '2' });
      const experiment = await store.other.experiments.get({ experimentId: things[2]?.id ?? '' });
      assert.equal(valueOf(version.tags, 'asked-by'), 'eva');
      assert.equal(valueOf((await store.other.models.get({ name })).tags, 'asked-by'), 'eva');
      assert.equal(valueOf(experiment.tags, 'asked-by'), 'eva');
      await run(ids.deleteTag, [things[0]], 'asked-by', true);
      assert.equal(valueOf((await store.other.models.version({ name, version: '2' })).tags, 'asked-by'), undefined);
    });

    it('asks once for many, says what would be lost, and tells each failure', async () => {
      const refs = [await store.sourceRun(name, 'v3'), await store.sourceRun(name, 'v4')];
      await store.other.runs.setTag({ runId: refs[1]?.id ?? '', key: 'batch', value: 'old' });
      const many = await run(ids.setTag, [refs[0], refs], 'New tag…', 'batch', 'new', true);
      assert.equal(many.asked.at(-1), "Set tag batch of 2 runs to 'new'?");
      assert.deepEqual([await tagOfRun(refs[0]!, 'batch'), await tagOfRun(refs[1]!, 'batch')], ['new', 'new']);
      const gone: Ref = { kind: 'run', registry: store.name, id: 'f'.repeat(32) };
      const refused = await refusal(ids.setTag, [refs[0], [...refs, gone]], 'batch', 'newer', async () => {
        await store.other.runs.setTag({ runId: refs[0]?.id ?? '', key: 'batch', value: 'moved' });
        return true;
      });
      assert.match(
        refused.message,
        /^1 of 3 are done\. Not done: f{32}: .*; .* was changed to 'moved' by someone else/,
      );
      assert.equal(await tagOfRun(refs[1]!, 'batch'), 'newer');
    });

    it('deletes each of the rows that are selected, and no tag of that key elsewhere', async () => {
      const rows = [];
      for (const version of ['2', '5']) {
        for (const key of ['one', 'two']) await store.other.models.setVersionTag({ name, version, key, value: 'x' });
        await run(ids.refresh, []);
        const { models } = await trees();
        const key = version === '2' ? 'one' : 'two';
        rows.push(await elementAt(models, name, `v${version}`, key));
      }
      const ui = await run(ids.deleteTag, [rows[0], rows], true);
      assert.deepEqual([ui.asked, ui.said.at(-1)], [['Delete 2 tags?'], 'Deleted: 2 tags']);
      const left = await Promise.all(['2', '5'].map((version) => store.other.models.version({ name, version })));
      assert.deepEqual([valueOf(left[0]!.tags, 'one'), valueOf(left[0]!.tags, 'two')], [undefined, 'x']);
      assert.deepEqual([valueOf(left[1]!.tags, 'one'), valueOf(left[1]!.tags, 'two')], ['x', undefined]);
    });

    it('writes nothing when the person backs out', async () => {
      const ref = await store.sourceRun(name, 'v5');
      await run(ids.setTag, [ref], 'New tag…', undefined);
      await run(ids.setTag, [ref], 'New tag…', 'never', undefined);
      const blank = await run(ids.setTag, [ref], 'New tag…', ' ');
      assert.equal(blank.said[0], 'A tag needs a key.');
      await store.other.runs.setTag({ runId: ref.id, key: 'kept', value: 'x' });
      await run(ids.deleteTag, [ref], 'kept', false);
      assert.deepEqual([await tagOfRun(ref, 'kept'), await tagOfRun(ref, 'never')], ['x', undefined]);
    });
  });

  describe('Rename', () => {
    it('renames a run and an experiment, and the tree shows it', async () => {
      const [ref, wine] = [await store.sourceRun(name, 'v5'), await store.experiment('wine-quality')];
      const before = (await store.other.runs.get({ runId: ref.id })).runName;
      assert.equal((await run(ids.rename, [ref], 'brisk-fox')).said.at(-1), `${before} is now brisk-fox`);
      await run(ids.rename, [wine], 'wine');
      assert.ok(await store.experiment('tumour-screening', 'brisk-fox'));
      assert.ok(await store.experiment('wine'));
      assert.equal((await run(ids.rename, [ref], ' ')).said[0], 'A name must not be blank.');
    });

    it('asks before it renames a model, whose name is in what loads it', async () => {
      const ref = await store.model('wine-quality');
      await run(ids.rename, [ref], 'wine', false);
      const ui = await run(ids.rename, [await store.model('wine-quality')], 'wine', true);
      assert.equal(ui.asked.at(-1), 'Rename model wine-quality to wine?');
      assert.equal((await store.other.models.versions({ name: 'wine', maxResults: 9 })).items.length, 2);
      assert.ok(await store.model('wine', 'v1'));
      const taken = await refusal(ids.rename, [await store.model('wine')], name);
      assert.equal(taken.kind, 'conflict', taken.message);
    });
  });

  describe('Edit Description', () => {
    /** On the web the window saves by itself by default. */
    const saveByItself = (when: string | undefined): Thenable<void> =>
      workspace.getConfiguration('files').update('autoSave', when, ConfigurationTarget.Global);

    before(() => saveByItself('off'));
    after(() => saveByItself(undefined));

    async function opened(ref: Ref): Promise<TextDocument> {
      await run(ids.editDescription, [ref]);
      return until(() => {
        const document = window.activeTextEditor?.document;
        return document?.uri.scheme === textScheme && document;
      });
    }

    async function type(document: TextDocument, text: string): Promise<void> {
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
      assert.equal(await workspace.applyEdit(edit), true);
    }

    async function save(document: TextDocument, text: string): Promise<void> {
      await type(document, text);
      assert.equal(await document.save(), true);
    }

    it('opens it as Markdown, and saving writes it to the registry', async () => {
      const ref = await store.sourceRun(name, 'v3');
      const document = await opened(ref);
      const { runName, tags } = await store.other.runs.get({ runId: ref.id });
      assert.deepEqual([document.languageId, document.fileName], ['markdown', `/${runName}.md`]);
      assert.equal(document.getText(), valueOf(tags, noteTag) ?? '');
      await save(document, '# Why\n\nIt is *better*.');
      assert.equal(await tagOfRun(ref, noteTag), '# Why\n\nIt is *better*.');
    });

    it('does so for experiments, models and versions', async () => {
      const [experiment, model] = [await store.experiment('tumour-screening'), await store.model(name)];
      for (const ref of [experiment, model, await store.model(name, 'v4')]) {
        const document = await opened(ref);
        assert.ok(document.getText().length > 0);
        await save(document, `of ${ref.kind}`);
        await commands.executeCommand('workbench.action.closeAllEditors');
      }
      const { tags } = await store.other.experiments.get({ experimentId: experiment.id });
      assert.equal(valueOf(tags, noteTag), 'of experiment');
      assert.equal((await store.other.models.get({ name })).description, 'of model');
      assert.equal((await store.other.models.version({ name, version: '4' })).description, 'of version');
    });

    it('does not overwrite what somebody else wrote meanwhile', async () => {
      const ref = await store.model(name, 'v2');
      const document = await opened(ref);
      // Before that: what was not typed into shows what changed elsewhere as soon as it is noticed.
      await type(document, 'ours');
      await store.other.models.setVersionDescription({ ...versionOf(ref), description: 'theirs' });
      assert.equal(await document.save(), false);
      assert.equal((await store.other.models.version(versionOf(ref))).description, 'theirs');
      await commands.executeCommand('workbench.action.files.revert');
      assert.equal(document.getText(), 'theirs');
    });

    it('shows in an open editor what changed elsewhere', async () => {
      const document = await opened(await store.model(name));
      await store.other.models.setDescription({ name, description: 'changed elsewhere' });
      await run(ids.refresh, []);
      await until(() => document.getText() === 'changed elsewhere');
    });

    it('keeps showing the text of a run that is deleted meanwhile, and refuses to save it', async () => {
      const ref = await store.sourceRun(name, 'v5');
      const document = await opened(ref);
      await run(ids.deleteRun, [ref], true);
      await type(document, 'too late');
      assert.equal(await document.save(), false);
      assert.notEqual(await tagOfRun(ref, noteTag), 'too late');
      await run(ids.restoreRun, [ref]);
      assert.equal(await document.save(), true);
      assert.equal(await tagOfRun(ref, noteTag), 'too late');
    });

    it('edits a tag of several lines there too, where it can have lines', async () => {
      const ref = await store.sourceRun(name, 'v4');
      await store.other.runs.setTag({ runId: ref.id, key: 'lines', value: 'one\ntwo' });
      await run(ids.setTag, [ref], 'lines');
      const document = await until(() => {
        const shown = window.activeTextEditor?.document;
        return shown?.uri.scheme === textScheme && shown;
      });
      await save(document, 'one\ntwo\nthree');
      assert.equal(await tagOfRun(ref, 'lines'), 'one\ntwo\nthree');
    });
  });

  describe('Log Metric and Log Param', () => {
    it('logs one value of a metric at the next step', async () => {
      const ref = await store.sourceRun(name, 'v4');
      const bad = await run(ids.logMetric, [ref], 'New metric…', 'checked/auc', 'high');
      assert.equal(bad.said[0], 'A number, nan, inf or -inf.');
      await run(ids.logMetric, [ref], 'New metric…', 'checked/auc', '0.5', '0');
      const ui = await run(ids.logMetric, [ref], 'checked/auc', '0.75', '1');
      assert.match(ui.said.at(-1) ?? '', /^checked\/auc of .* is 0\.7500 at step 1$/);
      const [history] = await store.other.runs.histories({ runIds: [ref.id], key: 'checked/auc' });
      assert.deepEqual([...(history?.values ?? [])], [0.5, 0.75]);
    });

    it('logs a param once', async () => {
      const ref = await store.sourceRun(name, 'v4');
      await run(ids.logParam, [ref], 'checked by', 'eva');
      assert.equal(valueOf((await store.other.runs.get({ runId: ref.id })).params, 'checked by'), 'eva');
      assert.equal((await run(ids.logParam, [ref], 'checked by')).said[0], 'The run has this param.');
    });
  });

  it('finds what it is about when it is called from the palette', async () => {
    await until(async () => (await rowsOf((await trees()).models)).length > 0);
    const ui = await run(ids.rename, [], 'Experiment', 'digits-reader', 'digits');
    assert.deepEqual(ui.asked.slice(0, 2), ['Of what?', 'Which experiment?']);
  });
});

describe('A store that can only be read', () => {
  let store: WrittenSample;
  before(async () => {
    store = await WrittenSample.show('readable', (folder) => {
      const Database = databaseClass();
      const database = new Database(`${folder}/mlflow.db`);
      for (const table of ['runs', 'registered_models']) database.exec(`ALTER TABLE ${table} ADD COLUMN later TEXT`);
      database.close();
    });
  });
  after(() => store.dispose());

  it('gives its reason to every command that writes, before anything is asked', async () => {
    const [ref, model] = [await store.experiment('wine-quality'), await store.model(name)];
    const onExperiments = [ids.setTag, ids.rename, ids.deleteExperiment, ids.editDescription, ids.restoreExperiment];
    for (const command of onExperiments)
      assert.match((await refusal(command, [ref])).message, /unknown column later/, command);
    for (const command of [ids.deleteModel, ids.newExperiment, ids.newModel])
      assert.match((await refusal(command, [model])).message, /unknown column later/, command);
  });
});
