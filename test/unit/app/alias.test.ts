// The registry here is an in-memory stand-in: "someone else moved the alias between reading and writing" is an order of
// events that no real store can be made to give on demand.
import assert from 'node:assert/strict';
import { Aliases } from '../../../src/app/alias';
import { RegistrySet } from '../../../src/app/registrySet';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';
import type { Ref } from '../../../src/domain/ref';

const change = { registry: 'r', model: 'm', alias: 'champion', to: '4' };

/** A model whose aliases live in a map; `write` stands for what the store does with a write. */
function modelWith(aliases: Map<string, string>, write = (alias: string, to: string) => void aliases.set(alias, to)) {
  const models = {
    get: () => Promise.resolve({ aliases: [...aliases].map(([alias, version]) => ({ alias, version })) }),
    setAlias: async ({ alias, version }: { alias: string; version: string }) => {
      write(alias, version);
      await Promise.resolve();
    },
    deleteAlias: ({ alias }: { alias: string }) => Promise.resolve(aliases.delete(alias)),
  };
  const registries = new RegistrySet(
    () => ({ models, dispose: () => undefined }) as unknown as Registry,
    () => 0,
  );
  registries.setConnections([{ name: 'r', trackingUri: 'http://localhost' }]);
  return { registries, aliases: new Aliases(registries) };
}

describe('Moving an alias', () => {
  it('shows who holds it before anything is written', async () => {
    const held = new Map([['champion', '3']]);
    const preview = await modelWith(held).aliases.preview(change);
    assert.deepEqual(preview, { ...change, from: '3' });
    assert.equal(held.get('champion'), '3');
  });

  it('writes, reads back, and says what changed', async () => {
    const { aliases, registries } = modelWith(new Map([['champion', '3']]));
    const changed: (Ref | undefined)[] = [];
    registries.onDidChangeContent((ref) => changed.push(ref));
    const done = await aliases.apply(await aliases.preview(change));
    assert.equal(done.from, '3');
    assert.deepEqual(changed, [{ kind: 'version', registry: 'r', id: 'm/4' }]);
  });

  it('refuses, and changes nothing, when someone moved it meanwhile', async () => {
    const held = new Map([['champion', '3']]);
    const { aliases, registries } = modelWith(held);
    const preview = await aliases.preview(change);
    held.set('champion', '5');
    let told = 0;
    registries.onDidChangeContent(() => told++);
    await assert.rejects(aliases.apply(preview), isConflict(/moved to v5 by someone else/));
    assert.deepEqual([held.get('champion'), told], ['5', 1], 'and who holds it is shown');
  });

  it('never says done for a write that cannot be read back', async () => {
    const { aliases } = modelWith(new Map([['champion', '3']]), () => undefined);
    await assert.rejects(aliases.apply(await aliases.preview(change)), isConflict(/moved to v3/));
  });

  it('is read again where the write was left without an answer, and what it did is not known', async () => {
    const { aliases, registries } = modelWith(new Map([['champion', '3']]), () => {
      throw new UserError('unreachable', 'No answer.');
    });
    let told = 0;
    registries.onDidChangeContent(() => told++);
    await assert.rejects(aliases.apply(await aliases.preview(change)), { kind: 'unreachable' });
    assert.equal(told, 1);
  });

  it('deletes an alias and verifies that it is gone', async () => {
    const held = new Map([['champion', '3']]);
    const { aliases } = modelWith(held);
    const done = await aliases.apply(await aliases.preview({ ...change, to: undefined }));
    assert.deepEqual([done.from, done.to, held.size], ['3', undefined, 0]);
  });

  it('refuses names that MLflow does not take', async () => {
    const { aliases } = modelWith(new Map());
    for (const alias of ['latest', 'LATEST', 'v1', 'a b', 'a/b', '', 'x'.repeat(256)]) {
      await assert.rejects(
        aliases.preview({ ...change, alias }),
        (error) => error instanceof UserError && error.kind === 'invalid',
      );
    }
  });
});

function isConflict(sentence: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.kind === 'conflict' && sentence.test(error.message);
}
