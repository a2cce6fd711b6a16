import assert from 'node:assert/strict';
import { modelAt, modelHistory } from '../../../src/domain/modelHistory';

const flavors = { python_function: { python_version: '3.11.7' }, sklearn: { sklearn_version: '1.7.2' } };
const tags = (value: string) => [{ key: 'mlflow.log-model.history', value }];
const entry = (path: string, more: object = {}): object => ({
  run_id: '80c83f62ac6e4b4cb467a9acba6017df',
  artifact_path: path,
  utc_time_created: '2026-11-29 21:07:43.452847',
  flavors,
  ...more,
});

describe('The models that a run before MLflow 3 notes', () => {
  it('are its folders with flavors, signature and size, the last of each', () => {
    const inputs = JSON.stringify([{ type: 'double', name: 'radius' }]);
    const again = entry('model', { signature: { inputs, outputs: null }, model_size_bytes: 30669 });
    const found = modelHistory(tags(JSON.stringify([entry('model'), entry('net/model'), again])));
    assert.deepEqual(
      found.map(({ path, file }) => [path, file.size, file.signature?.inputs.length, file.flavors.length]),
      [
        ['model', 30669, 1, 2],
        ['net/model', undefined, undefined, 2],
      ],
    );
    assert.equal(found[0]?.file.pythonVersion, '3.11.7');
  });

  it('are none where the tag is missing, cut or something else', () => {
    for (const text of ['', '[{"artifact_path": "mod', '{}', 'null', '[3]', '[null]', '[{"flavors": {}}]'])
      assert.deepEqual(modelHistory(tags(text)), [], text);
    assert.deepEqual(modelHistory([]), []);
  });

  it('are found by the source of a version, the longest folder first', () => {
    const models = modelHistory(tags(JSON.stringify([entry('model'), entry('net/model')])));
    const paths = ['runs:/r/model', '/a/r/artifacts/net/model/', 's3://b/r/artifacts/model', 'models:/m-1', 'model'];
    assert.deepEqual(
      paths.map((source) => modelAt(source, models)?.path),
      ['model', 'net/model', 'model', undefined, undefined],
    );
  });
});
