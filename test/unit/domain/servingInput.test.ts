// Examples are what MLflow 2.9.2 and 2.14.3 write as input_example.json of the named kinds of input.
import assert from 'node:assert/strict';
import { servingInput } from '../../../src/domain/servingInput';

const forms: readonly (readonly [kind: string, logged: string, sent: string | undefined])[] = [
  ['a data frame', '{"columns": ["a"], "data": [[1]]}', '{"dataframe_split":{"columns":["a"],"data":[[1]]}}'],
  ['a list of rows', '{"data": [[1, 2]]}', '{"dataframe_split":{"data":[[1,2]]}}'],
  ['an array', '{"inputs": [[1, 2]]}', '{"inputs":[[1,2]]}'],
  ['an array with params', '{"inputs": {"inputs": [1]}, "params": {"k": 2}}', '{"inputs":[1],"params":{"k":2}}'],
  [
    'a data frame with params',
    '{"inputs": {"columns": ["a"], "data": [[1]]}, "params": {"k": 2}}',
    '{"dataframe_split":{"columns":["a"],"data":[[1]]},"params":{"k":2}}',
  ],
  ['a dictionary', '{"question": "why"}', '{"inputs":{"question":"why"}}'],
  ['a text', '"why"', '{"inputs":"why"}'],
  ['a sparse matrix', '{"data": [1], "indices": [0], "indptr": [0, 1], "shape": [1, 1]}', undefined],
  ['no JSON', '{"data": [[NaN]]}', undefined],
];

describe('What a server is sent of an input example', () => {
  for (const [kind, logged, sent] of forms)
    it(`that is ${kind}`, () => {
      assert.equal(servingInput(logged), sent);
    });
});
