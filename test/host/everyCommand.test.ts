import * as assert from 'node:assert/strict';
import { commands as ids } from '../../src/ids';
import { executedCommands } from './script';

describe('The host suite', () => {
  it('has run every command', () => {
    const executed = executedCommands();
    assert.deepEqual(
      Object.values(ids).filter((id) => !executed.includes(id)),
      [],
    );
  });
});
