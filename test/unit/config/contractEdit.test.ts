import assert from 'node:assert/strict';
import { withDirection, withPrimary, withSegments } from '../../../src/config/contractEdit';
import { parseContract } from '../../../src/config/contractFile';

describe('Changing ringside.yaml', () => {
  const text = `# what we agreed on
metrics:
  auc: { direction: higher, primary: true } # the board's
  'recall/*':
    direction: higher

# by market
segments:
  - auc.*
`;

  it('keeps comments, order, and what it does not change', () => {
    assert.equal(withDirection(text, 'churn', 'lower'), text.replace('\n\n#', '\n  churn:\n    direction: lower\n\n#'));
    assert.equal(withDirection(text, 'auc', 'lower'), text.replace('direction: higher, p', 'direction: lower, p'));
  });

  it('makes a file where there is none, and fills one that says nothing', () => {
    for (const empty of ['', '# nothing yet\n', 'metrics:\n', 'metrics:\n  auc:\n']) {
      assert.deepEqual(parseContract(withDirection(empty, 'auc', 'higher')).contract.metrics, [
        { pattern: 'auc', direction: 'higher' },
      ]);
    }
    assert.match(withDirection('# nothing yet\n', 'auc', 'higher'), /^# nothing yet/);
  });

  it('has one primary metric', () => {
    const { contract, problems } = parseContract(withPrimary(text, 'recall/*'));
    assert.deepEqual(
      contract.metrics.map(({ pattern, primary }) => [pattern, primary]),
      [
        ['auc', undefined],
        ['recall/*', true],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('changes the segments and keeps comments, order and all else', () => {
    const more = withSegments(text, (now = []) => [...now, 'recall/*']);
    assert.equal(more, `${text}  - recall/*\n`);
    assert.equal(
      withSegments(more, () => ['recall/*']),
      text.replace('auc.*', 'recall/*'),
    );
  });

  it('says that there are no segments, and is told whether anybody named some', () => {
    const none = withSegments(text, () => []);
    assert.deepEqual(parseContract(none).contract.segments, []);
    for (const [from, known] of [
      [none, []],
      ['', undefined],
      ['segments:\n', undefined],
      ['segments: [a/*] # the team\n', ['a/*']],
    ] as const) {
      let told: readonly string[] | undefined = ['?'];
      const next = withSegments(from, (now) => ((told = now), ['b/*']));
      assert.deepEqual([told, parseContract(next).contract.segments], [known, ['b/*']]);
    }
    assert.throws(() => withSegments('segments: auc', () => []), /cannot be changed/);
  });

  for (const name of ['a: b', '<script>', '#1', 'ünï 🙂', '12', 'x\ny', '__proto__', "it's"]) {
    it(`writes the name ${JSON.stringify(name)} so that it is read back`, () => {
      assert.deepEqual(parseContract(withDirection(text, name, 'lower')).contract.metrics.at(-1), {
        pattern: name,
        direction: 'lower',
      });
    });
  }

  for (const broken of ['metrics: [', 'metrics: [auc]', '- a', 'metrics:\n  auc: higher\n', 'a: 1\na: 2\n']) {
    it(`refuses to touch ${JSON.stringify(broken)}`, () => {
      assert.throws(() => withDirection(broken, 'auc', 'higher'), /cannot be changed/);
    });
  }
});
