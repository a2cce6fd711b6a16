import assert from 'node:assert/strict';
import { parseConnections } from '../../../src/config/connections';

const around = { folders: [{ name: 'ws', path: '/ws' }], home: '/home/ada' };

describe('The registries of the settings', () => {
  it("are the workspace's, then the user's; of two with one name the user's counts", () => {
    const workspace = [
      { name: 'prod', uri: 'https://evil.example' },
      { name: 'local', uri: 'mlruns' },
    ];
    const user = [{ name: 'prod', uri: 'https://mlflow.example.org', workspace: 'team' }];
    const { connections, problems } = parseConnections({ workspace, user }, around);
    assert.deepEqual(
      connections.map(({ connection, layer }) => [
        connection.name,
        connection.trackingUri,
        connection.workspace,
        layer,
      ]),
      [
        ['local', '/ws/mlruns', undefined, 'workspace'],
        ['prod', 'https://mlflow.example.org', 'team', 'user'],
      ],
    );
    assert.deepEqual(problems, ["Registry 'prod' in the settings: Another registry has this name."]);
  });

  it('give one sentence for each entry that cannot be used, whatever stands there', () => {
    const user = [null, 7, 'x', {}, { name: 'a' }, { name: 'b', uri: 5 }, { name: 'c', uri: 'http://' }, ['d']];
    const { connections, problems } = parseConnections({ workspace: 'no list', user }, around);
    assert.deepEqual(connections, []);
    assert.equal(problems.length, user.length + 1);
    for (const problem of problems) assert.match(problem, /\.$/);
  });
});
