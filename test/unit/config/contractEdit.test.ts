import assert from 'node:assert/strict';
import { withDirection, withPrimary } from '../../../src/config/contractEdit';
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
