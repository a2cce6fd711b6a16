import assert from 'node:assert/strict';
import { largestContract, parseContract } from '../../../src/config/contractFile';

const good = `
metrics:
  auc: {direction: higher, primary: true}
  "*loss*": {direction: lower}
  epoch:
segments: [recall/*, "auc.*"]
seeds:
  - random_state
  - 42
`;

describe('ringside.yaml', () => {
  it('is read whole', () => {
    assert.deepEqual(parseContract(good), {
      contract: {
        metrics: [
          { pattern: 'auc', direction: 'higher', primary: true },
          { pattern: '*loss*', direction: 'lower' },
          { pattern: 'epoch' },
        ],
        segments: ['recall/*', 'auc.*'],
        seeds: ['random_state', '42'],
      },
      problems: [],
    });
  });

  it('that is empty, or only a comment, says nothing', () => {
    for (const text of ['', '\n', '# nothing yet', 'metrics:\nseeds:\n']) {
      assert.deepEqual(parseContract(text), { contract: { metrics: [], seeds: [] }, problems: [] });
    }
  });

  it('tells a list of no segments from no list', () => {
    assert.deepEqual(parseContract('segments: []').contract.segments, []);
    assert.equal(parseContract('segments:').contract.segments, undefined);
  });

  for (const [what, text, line, words, kept] of [
    ['an unknown part', 'metric:\n  auc: {}\nseeds: [a]', 0, /no 'metric' here/, ['a']],
    ['an unknown field', 'seeds: [a]\nmetrics:\n  auc: {best: max}', 2, /no 'best' here/, ['a']],
    ['a direction that is none', 'seeds: [a]\nmetrics:\n  auc: {direction: up}', 2, /higher or lower/, ['a']],
    ['two primary metrics', 'seeds: [a]\nmetrics:\n  a: {primary: true}\n  b: {primary: true}', 2, /Only one/, ['a']],
    ['a list that is a text', 'segments: recall/*\nseeds: [a]', 0, /list of texts/, ['a']],
    ['a text that is a list', 'seeds: [a, [b]]', 0, /list of texts/, ['a']],
    ['a file that is a list', '- a\n- b', 0, /names with values/, []],
    ['a doubled name', 'seeds: [a]\nseeds: [b]', 1, /unique/, []],
    ['a cut file', 'metrics: {auc: {direction: hig', 0, /./, []],
    ['a tab', 'metrics:\n\tauc: {}', 1, /./, []],
  ] as const) {
    it(`tells the place of ${what} and keeps the rest`, () => {
      const { contract, problems } = parseContract(text);
      const [first] = problems;
      assert.ok(first, 'a problem');
      assert.match(first.message, words);
      assert.equal(first.start.line, line);
      assert.deepEqual(contract.seeds, kept);
    });
  }

  it('is not read where it is huge, and an alias bomb is no more than its text', () => {
    assert.equal(parseContract(' '.repeat(largestContract + 1)).problems.length, 1);
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghijkl'.split('').map((c, i) => `${c}: &${c} [*${'abcdefghijk'[i]}, *${'abcdefghijk'[i]}]`),
    ];
    assert.deepEqual(parseContract(bomb.join('\n')).contract.seeds, []);
  });
});
