import assert from 'node:assert/strict';
import { parseConda, parsePythonEnv } from '../../../src/config/environmentFiles';
import { mergePackages, parseRequirements } from '../../../src/domain/environment';

describe('The packages of an environment', () => {
  for (const [line, ...pair] of [
    ['mlflow==3.17.2', 'mlflow', '3.17.2'],
    ['scikit_learn == 1.7.2', 'scikit-learn', '1.7.2'],
    ['PyYAML>=6,<7', 'pyyaml', '>=6,<7'],
    ['mlflow[extras]==3.1 ; python_version < "3.9"', 'mlflow', '3.1'],
    ['torch @ https://host/torch.whl', 'torch', '@ https://host/torch.whl'],
    ['numpy==1.0 \\\n  --hash=sha256:abc', 'numpy', '1.0'],
    ['pandas  # the table', 'pandas', '*'],
    ['-r more.txt'],
    ['# nothing'],
    ['<script>'],
    [''],
  ] as const) {
    it(`are read of ${JSON.stringify(line)}`, () => {
      const [key, value] = pair;
      assert.deepEqual(parseRequirements(line), key === undefined ? [] : [{ key, value }]);
    });
  }

  it('are read of conda.yaml, pip’s first, and Python stays a text', () => {
    const text = 'dependencies:\n- python=3.10\n- pip\n- pip:\n  - mlflow==3.1\nname: x';
    assert.deepEqual(parseConda(text), [
      { key: 'mlflow', value: '3.1' },
      { key: 'python', value: '3.10' },
      { key: 'pip', value: '*' },
    ]);
    assert.deepEqual(parsePythonEnv('python: 3.10\n'), [{ key: 'python', value: '3.10' }]);
  });

  it('are none in files that are not what they say', () => {
    for (const text of ['', '[', '- a', 'dependencies: x', 'python: [1]', '\0\u0001']) {
      assert.deepEqual([parseConda(text), parsePythonEnv(text)], [[], []]);
    }
  });

  it('are what the first source says', () => {
    const [a, b, c] = ['1', '2', '3'].map((value) => [{ key: 'x', value }]);
    assert.deepEqual(mergePackages(a ?? [], b ?? [], c ?? []), a);
  });
});
