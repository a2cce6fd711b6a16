// The facts and the stores here are in-memory stand-ins: what is tested is which registries a window shows, and when.
import assert from 'node:assert/strict';
import { type ConnectionFacts, Connections } from '../../../src/app/connections';
import { RegistrySet } from '../../../src/app/registrySet';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';

interface Found {
  readonly trackingUris: readonly string[];
  readonly offered?: string;
}

function windowWith(changes: Partial<ConnectionFacts>, found: Readonly<Record<string, Found>> = {}) {
  const facts: ConnectionFacts = {
    layers: { workspace: undefined, user: undefined },
    trusted: true,
    environment: {},
    folders: [{ name: 'ws', path: '/ws' }],
    home: '/home/ada',
    ...changes,
  };
  const saved: unknown[] = [];
  const source = {
    read: () => facts,
    watch: () => ({ dispose: () => undefined }),
    save: (layer: string, entries: readonly unknown[]) => Promise.resolve(void saved.push([layer, entries])),
  };
  const opened: string[] = [];
  const open = ({ trackingUri }: { readonly trackingUri: string }): Registry => {
    opened.push(trackingUri);
    return { dispose: () => undefined } as unknown as Registry;
  };
  const registries = new RegistrySet(open, () => 0);
  const remembered = { value: '', set: () => Promise.resolve() };
  const discover = (folder: string) => Promise.resolve(found[folder] ?? { trackingUris: [] });
  let chosen: Readonly<Record<string, string>> = {};
  const workspaces = {
    get value() {
      return chosen;
    },
    set: (value: typeof chosen) => Promise.resolve(void (chosen = value)),
  };
  const connections = new Connections(source, discover, registries, remembered, workspaces);
  return { connections, registries, saved, opened };
}

const shown = ({ registries }: ReturnType<typeof windowWith>) =>
  registries.connections.map(({ name, trackingUri }) => [name, trackingUri]);

const stores = { '/ws': { trackingUris: ['sqlite:////ws/mlflow.db', '/ws/mlruns'], offered: 'https://env.example' } };

describe('Which registries a window shows', () => {
  it("shows the workspace's stores at once, offers the server of .env, and opens nothing by itself", async () => {
    const opened = windowWith({}, stores);
    await opened.connections.load();
    assert.deepEqual(shown(opened), [
      ['mlflow.db', 'sqlite:////ws/mlflow.db'],
      ['mlruns', '/ws/mlruns'],
    ]);
    assert.deepEqual(opened.connections.offers, ['https://env.example']);
    assert.deepEqual(opened.opened, []);
  });

  it('names the folder where several are open', async () => {
    const folders = [
      { name: 'a', path: '/a' },
      { name: 'b', path: '/b' },
    ];
    const both = windowWith(
      { folders },
      { '/a': { trackingUris: ['/a/mlruns'] }, '/b': { trackingUris: ['/b/mlruns'] } },
    );
    await both.connections.load();
    assert.deepEqual(
      shown(both).map(([name]) => name),
      ['a/mlruns', 'b/mlruns'],
    );
  });

  it('shows the environment’s server after trust only, and before it no server and nothing outside the folders', async () => {
    const layers = {
      workspace: [{ name: 'evil', uri: 'https://evil.example' }],
      user: [
        { name: 'prod', uri: 'https://mlflow.example.org' },
        { name: 'elsewhere', uri: '/data/mlruns' },
      ],
    };
    const environment = { trackingUri: 'https://env.example' };
    const untrusted = windowWith({ layers, environment, trusted: false }, stores);
    await untrusted.connections.load();
    assert.deepEqual(
      shown(untrusted).map(([name]) => name),
      ['mlflow.db', 'mlruns'],
    );
    assert.deepEqual(untrusted.connections.offers, []);
    const refused = { name: 'x', trackingUri: 'https://env.example' };
    assert.throws(() => untrusted.connections.allowed(refused), UserError);

    const trusted = windowWith({ environment }, {});
    await trusted.connections.load();
    assert.deepEqual(shown(trusted), [['env.example', 'https://env.example']]);
  });

  it('saves servers to the user’s settings and local stores to the workspace’s, found ones along with them', async () => {
    const opened = windowWith({}, stores);
    await opened.connections.load();
    assert.equal(await opened.connections.add({ name: 'prod', trackingUri: 'https://a.org' }), 'user');
    assert.equal(await opened.connections.add({ name: 'other', trackingUri: '/ws/other/mlruns' }), 'workspace');
    assert.deepEqual(opened.saved, [
      ['user', [{ name: 'prod', uri: 'https://a.org' }]],
      [
        'workspace',
        [
          { name: 'mlflow.db', uri: 'sqlite:///mlflow.db' },
          { name: 'mlruns', uri: 'mlruns' },
          { name: 'other', uri: 'other/mlruns' },
        ],
      ],
    ]);
  });

  it('keeps the environment’s server beside what a person adds, and names it once', async () => {
    const workspace = [{ name: 'mine', uri: 'other/mlruns' }];
    const user = [{ name: 'prod', uri: 'https://env.example/' }];
    const environment = { trackingUri: 'https://env.example' };
    const added = windowWith({ layers: { workspace, user: undefined }, environment }, stores);
    await added.connections.load();
    assert.deepEqual(shown(added), [
      ['mine', '/ws/other/mlruns'],
      ['env.example', 'https://env.example'],
    ]);
    const configured = windowWith({ layers: { workspace, user }, environment }, stores);
    await configured.connections.load();
    assert.deepEqual(
      shown(configured).map(([name]) => name),
      ['mine', 'prod'],
    );
  });

  it('shows the user’s registries and the environment’s in a window without a folder, and looks into none', async () => {
    const user = [{ name: 'prod', uri: 'https://mlflow.example.org' }];
    const layers = { workspace: undefined, user };
    const bare = windowWith({ folders: [], layers, environment: { trackingUri: 'https://env.example' } }, stores);
    await bare.connections.load();
    assert.deepEqual(
      shown(bare).map(([name]) => name),
      ['prod', 'env.example'],
    );
    assert.deepEqual(bare.connections.offers, []);
    assert.equal(await bare.connections.add({ name: 'local', trackingUri: '/data/mlruns' }), 'user');
    assert.deepEqual(bare.saved, [['user', [...user, { name: 'local', uri: '/data/mlruns' }]]]);
  });

  it('refuses to remove what no setting names', async () => {
    const opened = windowWith({}, stores);
    await opened.connections.load();
    await assert.rejects(opened.connections.remove('mlruns'), (error) => error instanceof UserError);
    assert.deepEqual(opened.saved, []);
  });

  it('remembers the chosen MLflow workspace of each registry, also over that of the settings', async () => {
    const user = [
      { name: 'one', uri: 'https://ml.example', workspace: 'team-a' },
      { name: 'two', uri: 'https://ml.example', workspace: 'team-a' },
    ];
    const { connections, registries } = windowWith({ layers: { workspace: undefined, user } });
    await connections.load();
    await connections.chooseWorkspace(registries.connections[0]!, 'team-b');
    assert.deepEqual(
      registries.connections.map(({ workspace }) => workspace),
      ['team-b', 'team-a'],
    );
    await connections.reload();
    assert.equal(registries.connections[0]?.workspace, 'team-b');
  });
});
