import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { kinds } from './backends';
import { has, python } from './mlflow';
import { Oracle } from './oracle';

/** A real server that keeps three workspaces, and the database of it read without the server. */
if (has('workspaces') && kinds.some(({ name }) => name === 'rest'))
  describe('MLflow’s workspaces', function () {
    this.timeout(300_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'ringside-workspaces-'));
    const opened: Registry[] = [];
    let server: Awaited<ReturnType<typeof startMlflowServer>>;
    let uri = '';

    before(async () => {
      server = await startMlflowServer({ folder, python, options: ['--enable-workspaces'] });
      uri = server.url;
      const oracle = new Oracle(folder);
      await oracle.ask('workspaces', uri, ['team-a', 'team-b', 'empty']);
      oracle.dispose();
    });
    after(async () => {
      for (const registry of opened) registry.dispose();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const open = (backend: string, workspace?: string): Registry => {
      const trackingUri = backend === 'rest' ? uri : `sqlite:///${folder}/mlflow.db`;
      const registry = openRegistry(
        { name: backend, trackingUri, ...(workspace && { workspace }) },
        { local: openLocal },
      );
      opened.push(registry);
      return registry;
    };
    const names = async (registry: Registry): Promise<unknown> => [
      (await registry.experiments.search({ view: 'active', maxResults: 100 })).items.map(({ name }) => name).sort(),
      (await registry.models.search({ maxResults: 100 })).items.map(({ name }) => name),
    ];

    for (const backend of ['rest', 'sqlite']) {
      it(`${backend}: all of them are listed, whichever is shown`, async () => {
        for (const workspace of [undefined, 'team-a']) {
          const { workspaces } = await open(backend, workspace).describe({});
          assert.deepEqual([...(workspaces ?? [])].sort(), ['default', 'empty', 'team-a', 'team-b']);
        }
      });

      it(`${backend}: each shows its own experiments, runs and models`, async () => {
        assert.deepEqual(await names(open(backend)), [['Default', 'of default'], ['model of default']]);
        for (const workspace of ['team-a', 'team-b']) {
          const registry = open(backend, workspace);
          const [experiments, models] = (await names(registry)) as [string[], string[]];
          assert.deepEqual(
            [experiments.filter((name) => name !== 'Default'), models],
            [[`of ${workspace}`], [`model of ${workspace}`]],
          );
          const { items } = await registry.experiments.search({ view: 'active', maxResults: 100 });
          const { experimentId } = items.find(({ name }) => name === `of ${workspace}`)!;
          const { table } = await registry.runs.search({ experimentIds: [experimentId], view: 'all', maxResults: 10 });
          assert.deepEqual(table.runNames, [`run of ${workspace}`]);
          const { aliases } = (await registry.models.versions({ name: `model of ${workspace}`, maxResults: 5 }))
            .items[0]!;
          assert.deepEqual(aliases, ['champion']);
        }
      });

      it(`${backend}: what is written stays in the workspace`, async () => {
        await open(backend, 'empty').models.create({ name: `${backend} only` });
        assert.deepEqual(
          (await open(backend, 'empty').models.get({ name: `${backend} only` })).name,
          `${backend} only`,
        );
        await assert.rejects(open(backend).models.get({ name: `${backend} only` }), { kind: 'notFound' });
      });

      it(`${backend}: one that is not there is said, with the way to another`, async () => {
        await assert.rejects(open(backend, 'gone').describe({}), {
          kind: 'notFound',
          message: "There is no workspace 'gone' in this store.",
          next: 'Choose another with Switch MLflow Workspace.',
        });
      });
    }
  });
