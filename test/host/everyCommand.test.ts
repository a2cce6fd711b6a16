import * as assert from 'node:assert/strict';
import { commands as ids } from '../../src/ids';
import { executedCommands } from './script';

/** Those that are run where the servers and Pythons are (index.ts). */
const withServers: readonly string[] = [
  ...[ids.addRegistry, ids.checkConnection, ids.createSample, ids.removeRegistry, ids.showLog],
  ...[ids.signIn, ids.signOut, ids.switchRegistry, ids.switchWorkspace],
  ...[ids.choosePython, ids.deployLocally, ids.removeEndpoint, ids.showEndpointLog, ids.stopEndpoint, ids.tryEndpoint],
  ...[ids.startMlflowUi, ids.stopMlflowUi],
];

/** What this window owes: together the two windows of `npm test` owe every command. */
function owed(suite: string | undefined): readonly string[] {
  const all = Object.values(ids);
  if (suite === 'host-servers') return withServers;
  return suite === 'host' ? all.filter((id) => !withServers.includes(id)) : all;
}

describe('The host suite', () => {
  it('has run every command', () => {
    const executed = executedCommands();
    assert.deepEqual(
      owed(process.env['RINGSIDE_SUITE']).filter((id) => !executed.includes(id)),
      [],
    );
  });
});
