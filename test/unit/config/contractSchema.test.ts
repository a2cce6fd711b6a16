import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { parseContract } from '../../../src/config/contractFile';

/** The editor judges by the schema while a person writes, Ringside by its parser: both are to say the same. */
describe('The schema of ringside.yaml', () => {
  const schema = JSON.parse(readFileSync('media/ringside.schema.json', 'utf8')) as object;
  const accepts = new Ajv({ allErrors: true }).compile(schema);

  const accepted = [
    '',
    '# nothing yet',
    'metrics:\nsegments:\nseeds:',
    'metrics: {}\nsegments: []\nseeds: []',
    'metrics:\n  auc: {direction: higher, primary: true}\n  "*loss*": {direction: lower, primary: false}\n  epoch:',
    'metrics:\n  0.5: {}\n  auc: {}',
    'segments: [recall/*, "auc.*", 7]',
    'seeds:\n  - random_state\n  - 42',
  ];
  const refused = [
    '- a',
    'auc',
    'metric:\n  auc: {}',
    'metrics: [auc]',
    'metrics: auc',
    'metrics:\n  auc: higher',
    'metrics:\n  auc: [higher]',
    'metrics:\n  "": {}',
    'metrics:\n  auc: {best: max}',
    'metrics:\n  auc: {direction: up}',
    'metrics:\n  auc: {direction:}',
    'metrics:\n  auc: {direction: [higher]}',
    'metrics:\n  auc: {primary: yes}',
    'metrics:\n  auc: {primary:}',
    'segments: recall/*',
    'segments: [[a]]',
    'segments: [{a: b}]',
    'seeds: {a: b}',
    'seeds: [a, true]',
    'seeds: [a, null]',
  ];

  for (const text of accepted) {
    it(`takes what is read: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseContract(text).problems, []);
      assert.ok(accepts(parse(text)), JSON.stringify(accepts.errors));
    });
  }

  for (const text of refused) {
    it(`refuses what is a problem: ${JSON.stringify(text)}`, () => {
      assert.notDeepEqual(parseContract(text).problems, []);
      assert.equal(accepts(parse(text)), false);
    });
  }

  it('cannot count: of two primary metrics only Ringside says that they are too many', () => {
    const text = 'metrics:\n  a: {primary: true}\n  b: {primary: true}';
    assert.equal(parseContract(text).problems.length, 1);
    assert.ok(accepts(parse(text)));
  });
});
