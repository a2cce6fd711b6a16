import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { discoverStores } from '../../../src/registries/discover';
import { experimentMeta, plant, useFolder } from './files/tree';

const meta = { 'meta.yaml': experimentMeta('1', 'first') };
const model = { 'meta.yaml': 'name: wine\n' };

describe('The stores in a folder', () => {
  const folder = useFolder();
  const found = async () => (await discoverStores(folder())).trackingUris;
  const offered = async (text: string) => {
    plant(folder(), { '.env': text });
    return (await discoverStores(folder())).offered;
  };

  it('are none where nothing is, and none where the folder is not there', async () => {
    assert.deepEqual(await discoverStores(folder()), { trackingUris: [] });
    assert.deepEqual(await discoverStores(path.join(folder(), 'absent')), { trackingUris: [] });
  });

  it('are the database first, then the tree', async () => {
    plant(folder(), { mlruns: { '1': meta } });
    cpSync(path.resolve('media/sample/mlflow.db'), path.join(folder(), 'mlflow.db'));
    assert.deepEqual(await found(), [`sqlite:///${folder()}/mlflow.db`, path.join(folder(), 'mlruns')]);
  });

  it('are not a folder or a file that only bears the name', async () => {
    mkdirSync(path.join(folder(), 'mlflow.db'));
    plant(folder(), { mlruns: 'no folder' });
    assert.deepEqual(await found(), []);
  });

  const trees = {
    'artifacts alone, as MLflow’s database mode leaves them': [
      { '1': { abc: { artifacts: { 'a.txt': 'a' } } } },
      false,
    ],
    nothing: [{}, false],
    'a file beside no experiment': [{ 'meta.yaml': 'stray' }, false],
    'an experiment': [{ '0': meta }, true],
    'an experiment beside artifacts of another': [{ '1': { abc: { artifacts: {} } }, '2': meta }, true],
    'a deleted experiment alone': [{ '.trash': { '1': meta } }, true],
    'an empty .trash': [{ '.trash': {}, models: {} }, false],
    'a registered model alone': [{ models: { wine: model } }, true],
    // Where MLflow 3 keeps artifacts of logged models beside a database.
    'artifacts of models alone': [{ '1': { models: { 'm-1': { artifacts: { MLmodel: '' } } } } }, false],
  } as const;
  for (const [what, [tree, isStore]] of Object.entries(trees)) {
    it(`${isStore ? 'are' : 'are not'} an mlruns that holds ${what}`, async () => {
      plant(folder(), { mlruns: tree });
      assert.deepEqual(await found(), isStore ? [path.join(folder(), 'mlruns')] : []);
    });
  }

  const texts: Readonly<Record<string, readonly [string, string | undefined]>> = {
    'as written': ['MLFLOW_TRACKING_URI=http://a.example', 'http://a.example'],
    'without spaces and the end of a Windows line': [
      'A=1\r\n MLFLOW_TRACKING_URI = http://a.example \r\nB=2',
      'http://a.example',
    ],
    'without double quotes': ['MLFLOW_TRACKING_URI="http://a.example/#x"', 'http://a.example/#x'],
    'without single quotes and what follows them': ["MLFLOW_TRACKING_URI='http://a b' # ours", 'http://a b'],
    'after export': ['export MLFLOW_TRACKING_URI=http://a.example', 'http://a.example'],
    'without its comment, but with a fragment': [
      'MLFLOW_TRACKING_URI=http://a.example/#x # ours',
      'http://a.example/#x',
    ],
    'where it is set last': ['MLFLOW_TRACKING_URI=http://a\nMLFLOW_TRACKING_URI=http://b\n', 'http://b'],
    'not where it is commented out': ['# MLFLOW_TRACKING_URI=http://a', undefined],
    'not where it is empty': ['MLFLOW_TRACKING_URI=\nOTHER=http://a', undefined],
    'not where it only ends another name': ['MY_MLFLOW_TRACKING_URI=http://a', undefined],
  };
  for (const [how, [text, uri]] of Object.entries(texts)) {
    it(`leave the address of .env to be offered, ${how}`, async () => {
      assert.equal(await offered(text), uri);
      assert.deepEqual(await found(), []);
    });
  }

  it('leave an .env alone that is a folder or far too long', async () => {
    assert.equal(await offered(`${'#'.repeat(1024 * 1024)}\nMLFLOW_TRACKING_URI=http://a`), undefined);
    const other = path.join(folder(), 'other');
    plant(other, { '.env': {} });
    assert.deepEqual(await discoverStores(other), { trackingUris: [] });
  });
});
