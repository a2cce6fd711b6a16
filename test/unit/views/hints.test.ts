import assert from 'node:assert/strict';
import { registryHints } from '../../../src/views/hints';

describe('Hints about the registries', () => {
  it('lead to the settings that are wrong and to the server that .env names', () => {
    const problems = ["Registry 'prod' in the settings: It has no uri."];
    const offers = ['https://mlflow.example.org/team'];
    assert.deepEqual(
      registryHints({ problems, offers }).map(({ text, command }) => [text, command.id, command.args]),
      [
        [problems[0], 'workbench.action.openSettings', ['ringside.registries']],
        ['Add mlflow.example.org, which .env names…', 'ringside.addRegistry', offers],
      ],
    );
  });

  it('are none where nothing is wrong or offered', () => {
    assert.deepEqual(registryHints({ problems: [], offers: [] }), []);
  });
});
