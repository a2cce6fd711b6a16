import assert from 'node:assert/strict';
import { parseModelFile } from '../../../src/config/modelFile';

describe('An MLmodel', () => {
  it('says flavors, versions, signature and example', () => {
    const text = `
flavors:
  python_function: {loader_module: mlflow.sklearn, python_version: 3.11.7}
  sklearn: {pickled_model: model.pkl, sklearn_version: 1.7.2}
mlflow_version: 3.17.2
model_id: m-1
model_size_bytes: 30669
run_id: 1234567890e12345
utc_time_created: '2026-09-14 08:40:02.390000'
saved_input_example_info: {artifact_path: input_example.json, type: dataframe}
signature:
  inputs: '[{"type": "double", "name": "radius", "required": true}]'
  outputs: null
`;
    assert.deepEqual(parseModelFile(text), {
      flavors: [{ name: 'python_function' }, { name: 'sklearn', version: '1.7.2' }],
      signature: { inputs: [{ name: 'radius', type: 'double', required: true }], outputs: [], params: [] },
      pythonVersion: '3.11.7',
      mlflowVersion: '3.17.2',
      created: '2026-09-14 08:40:02.390000',
      size: 30669,
      modelId: 'm-1',
      runId: '1234567890e12345',
      example: { path: 'input_example.json', type: 'dataframe' },
    });
  });

  it('of MLflow 1 has little, and what is no such file gives nothing', () => {
    const old = parseModelFile('flavors:\n  python_function:\n    env: conda.yaml\n');
    assert.deepEqual(old, { flavors: [{ name: 'python_function' }] });
    for (const text of ['', 'a: [', '- 1', 'flavors: 3', '{{{{', '\u0000'])
      assert.equal(parseModelFile(text), undefined, text);
  });
});
