import assert from 'node:assert/strict';
import { readVersionModel } from '../../../src/app/versionModel';
import type { ArtifactStore } from '../../../src/domain/ports';

const root = { kind: 'version', name: 'm', version: '1' } as const;

describe('What the artifacts say of a model', () => {
  function read(files: Readonly<Record<string, string>>) {
    const asked: string[] = [];
    const store = {
      list: () => Promise.resolve(Object.keys(files).map((path) => ({ path, isDir: path === 'data' }))),
      read: ({ path }: { readonly path: string }) => {
        asked.push(path);
        return Promise.resolve({ bytes: new TextEncoder().encode(files[path]), truncated: false });
      },
    } as unknown as ArtifactStore;
    return { asked, model: readVersionModel(store, root) };
  }

  it('is its file, its example as a table and its environment', async () => {
    const model = await read({
      MLmodel: 'flavors: {sklearn: {}}\nsaved_input_example_info: {artifact_path: input_example.json, type: dataframe}',
      'input_example.json': '{"columns":["a"],"data":[[1]]}',
      'requirements.txt': 'mlflow==3.17.2',
      data: '',
    }).model;
    assert.deepEqual(model.file?.flavors, [{ name: 'sklearn' }]);
    assert.deepEqual(model.example?.table?.rows, [['1']]);
    assert.deepEqual(model.environment, [{ path: 'requirements.txt', text: 'mlflow==3.17.2' }]);
  });

  it('is nothing where nothing was logged, and asks for nothing that is not there', async () => {
    const { asked, model } = read({ 'weights.bin': 'x' });
    assert.deepEqual(await model, { environment: [] });
    assert.deepEqual(asked, []);
  });
});
