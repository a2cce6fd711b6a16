import assert from 'node:assert/strict';
import type { RegistryState } from '../../../src/app/registrySet';
import type { StoreDescription } from '../../../src/domain/ports';
import { registryContext } from '../../../src/views/registryContext';

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
    workspace: undefined,
  };

  it('is what it is and can', () => {
    assert.deepEqual(registryContext(active, state), {
      hasRegistry: true,
      storeKind: 'rest',
      canWrite: true,
      hasStages: true,
      hasWorkspaces: true,
      workspace: 'default',
    });
    const unknown = { ...nothing, hasRegistry: true, storeKind: 'rest' };
    assert.deepEqual(registryContext(active, { kind: 'unknown' }), unknown);
  });

  it('is nothing where the last one was removed', () => {
    assert.deepEqual(registryContext(undefined, state), nothing);
  });
});
