import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RegistrySet, type RegistryState } from '../../../src/app/registrySet';
import type { Registry, StoreDescription } from '../../../src/domain/ports';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';
import { registryContext, statusLook } from '../../../src/views/registryContext';

describe('What menus ask of the active registry', () => {
  const active = { name: 'r', trackingUri: 'http://localhost' };
  const state: RegistryState = {
    kind: 'connected',
    description: { capabilities: { write: true, stages: true }, workspaces: [] } as unknown as StoreDescription,
    at: 0,
  };
  const nothing = {
    hasRegistry: false,
    storeKind: '',
    canWrite: false,
    hasStages: false,
    hasWorkspaces: false,
  };

  it('is what it is and can', () => {
    assert.deepEqual(registryContext(active, state), {
      hasRegistry: true,
      storeKind: 'rest',
      canWrite: true,
      hasStages: true,
      hasWorkspaces: true,
    });
    const unknown = { ...nothing, hasRegistry: true, storeKind: 'rest' };
    assert.deepEqual(registryContext(active, { kind: 'unknown' }), unknown);
  });

  it('is nothing where the last one was removed', () => {
    assert.deepEqual(registryContext(undefined, state), nothing);
  });
});

describe('The status bar', () => {
  /** A set of one registry, with what the status bar says of it. */
  function shown(trackingUri: string, open: ConstructorParameters<typeof RegistrySet>[0]) {
    const registries = new RegistrySet(open, Date.now);
    const look = () => statusLook(registries.active!, registries.state('lab'));
    registries.setConnections([{ name: 'lab', trackingUri }]);
    return { registries, look };
  }

  const opened: Parameters<typeof shown>[1] = (connection) => openRegistry(connection, { local: openLocal });

  it('says what the registry is, that it is being read for the first time, and what was found', async () => {
    const summary = 'MLflow 3.17.2';
    const { registries, look } = shown('http://ada:pw@localhost/', () => {
      const describe = () => Promise.resolve({ summary } as StoreDescription);
      return { describe, dispose: () => undefined } as unknown as Registry;
    });
    assert.equal(look().text, '$(database) lab');
    assert.equal(look().spoken, 'MLflow registry lab, not read yet');
    const texts: string[] = [];
    registries.onDidChange(() => texts.push(look().text));
    await registries.describe('lab');
    registries.forget();
    await registries.describe('lab');
    assert.deepEqual(texts, ['$(loading~spin) lab', '$(database) lab', '$(database) lab']);
    assert.match(look().tooltip, /^(?!.*pw).*localhost.*\nMLflow 3\.17\.2$/s);
  });

  it('says that a store cannot be read, and why with what to do', async () => {
    const { registries, look } = shown('/nowhere/mlruns', opened);
    await assert.rejects(registries.describe('lab'));
    assert.deepEqual([look().text, look().command], ['$(warning) lab · cannot be read', 'ringside.switchRegistry']);
    assert.match(look().tooltip, /^\/nowhere\/mlruns\n.*\/nowhere\/mlruns.*\. [A-Z].*\.$/);
    registries.dispose();
  });

  it('says that one has to sign in', async () => {
    const server = createServer((_request, response) => response.writeHead(401).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { registries, look } = shown(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, opened);
    await assert.rejects(registries.describe('lab'));
    server.close();
    assert.deepEqual([look().text, look().command], ['$(warning) lab · not signed in', 'ringside.signIn']);
    assert.match(look().spoken, /Sign in to the registry\.$/);
    registries.dispose();
  });

  it('does not go on saying that it reads where nobody waits for it any more', async () => {
    const { registries, look } = shown('/store', () => {
      const describe = (_query: unknown, signal: AbortSignal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new DOMException('Cancelled.', 'AbortError'))),
        );
      return { describe, dispose: () => undefined } as unknown as Registry;
    });
    const leaving = new AbortController();
    const asked = registries.describe('lab', leaving.signal);
    assert.equal(look().text, '$(loading~spin) lab');
    leaving.abort();
    await assert.rejects(asked);
    await new Promise(setImmediate);
    assert.equal(look().text, '$(folder-library) lab');
  });
});
