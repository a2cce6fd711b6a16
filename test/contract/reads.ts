import assert from 'node:assert/strict';
import { isCancelled, UserError } from '../../src/domain/errors';
import type { LoggedModel } from '../../src/domain/model';
import { type BackendName, filters, hasRegistry, type Opened, orders } from './backends';
import { correctedHistory, correctedLatest, correctedRuns, correctedVersion } from './differences';
import { has, itWhere } from './mlflow';
import { all, points, record, rows, runJson, shown } from './values';

const byName = (rows: readonly unknown[]): unknown[] => [...rows].sort((a, b) => (String(a) < String(b) ? -1 : 1));
const views = ['active', 'deleted', 'all'] as const;

/** As `logged_models()` of read_store.py gives it. */
function seenModel(model: LoggedModel): unknown[] {
  return [
    ...[model.modelId, model.name, model.modelType, model.status, model.sourceRunId],
    record(model.params),
    record(model.tags),
    ...[model.experimentId, model.artifactLocation, model.creationTime, model.lastUpdatedTime],
    byName(
      model.metrics.map((point) => [
        ...[point.key, point.step, point.timestamp, shown(point.value)],
        ...[point.datasetName ?? null, point.datasetDigest ?? null],
      ]),
    ),
  ];
}

export function reads(name: BackendName, of: () => Opened): void {
  const ids = (): string[] => of().reading.experiments.active.map(([id]) => id);

  it('experiments of each view, page by page', async () => {
    const { registry, reading } = of();
    for (const view of views) {
      const found = await all((page) => registry.experiments.search({ view, maxResults: 2, ...page }));
      const seen = found.map((one) => [
        ...[one.experimentId, one.name, one.lifecycleStage, record(one.tags)],
        ...[one.artifactLocation, one.creationTime ?? null, one.lastUpdateTime ?? null],
      ]);
      assert.deepEqual(seen, reading.experiments[view]);
    }
  });

  it('runs of each view with their metrics, params and tags', async () => {
    const { registry, reading } = of();
    for (const view of views) {
      const { table } = await registry.runs.search({ experimentIds: ids(), view, maxResults: 1000 });
      assert.deepEqual(rows(table), correctedRuns(name, reading.runs[view]));
    }
  });

  it('each run alone, with the step and time of its latest values', async () => {
    const { registry, reading } = of();
    for (const expected of correctedRuns(name, reading.runs.active)) {
      const runId = expected['run_id'] as string;
      const run = await registry.runs.get({ runId });
      assert.deepEqual(runJson(run), expected);
      const latest = run.metrics.map(({ key, step, timestamp, value }) => [key, step, timestamp, shown(value)]);
      assert.deepEqual(byName(latest), byName(correctedLatest(name, reading.latest[runId]!)));
    }
  });

  it('trap 17: pages of runs are together as one search, also where a page ends with the last run', async () => {
    const { registry, reading } = of();
    const expected = reading.runs.all.map((one) => one['run_id']);
    for (const maxResults of [7, expected.length]) {
      const read = async (page: { pageToken?: string }) => {
        const found = await registry.runs.search({ experimentIds: ids(), view: 'all', maxResults, ...page });
        return { items: found.table.runIds, ...(found.nextPageToken && { nextPageToken: found.nextPageToken }) };
      };
      assert.deepEqual(await all(read), expected);
    }
  });

  /** What MLflow refuses is refused, or evaluated by Ringside and said so. */
  const searching = (query: { filter?: string; orderBy?: string[] }): Promise<readonly string[] | 'refused'> =>
    of()
      .registry.runs.search({ experimentIds: ids(), view: 'active', maxResults: 1000, ...query })
      .then(({ table, beyond }) => (beyond === undefined ? table.runIds : 'refused'), refused);
  const refused = (error: unknown): 'refused' => {
    assert.ok(error instanceof UserError && error.kind === 'invalid', String(error));
    return 'refused';
  };
  const held = async (found: ReturnType<typeof searching>, expected: readonly string[] | 'refused' | undefined) => {
    assert.deepEqual(await found, expected);
  };
  for (const filter of filters)
    it(`the filter ${filter}`, () => held(searching({ filter }), of().reading.searches[filter]));
  for (const order of orders)
    it(`the order ${order}`, () => held(searching({ orderBy: [order] }), of().reading.orders[order]));

  it('metric histories with NaN, infinity, negative and repeated steps, on a dataset and of no metric', async () => {
    const { registry, reading } = of();
    for (const [key, expected] of Object.entries(reading.histories)) {
      const [history] = await registry.runs.histories({ runIds: [reading.first], key });
      assert.deepEqual(points(history!), correctedHistory(name, key, expected), key);
    }
    const [absent] = await registry.runs.histories({ runIds: [reading.first], key: 'absent' });
    assert.deepEqual(points(absent!), []);
  });

  it('one run with its dataset inputs, model inputs and outputs', async () => {
    const { registry, reading } = of();
    for (const [runName, { datasets, inputs, outputs }] of Object.entries(reading.links)) {
      const runId = reading.runs.active.find((one) => one['run_name'] === runName)?.['run_id'] as string;
      const run = await registry.runs.get({ runId });
      const seen = run.datasetInputs.map(({ dataset: d, tags }) => [
        ...[d.name, d.digest, d.sourceType, d.source, d.schema, d.profile],
        record(tags),
      ]);
      // MLflow gives those of a file store as the folder lists them.
      assert.deepEqual([byName(seen), run.modelInputs], [byName(datasets), inputs]);
      assert.deepEqual(
        run.modelOutputs.map(({ modelId, step }) => [modelId, step]),
        outputs,
      );
    }
  });

  itWhere(has('loggedModels'), 'the logged models of a run', async () => {
    const { registry, reading } = of();
    const { experimentId } = await registry.runs.get({ runId: reading.first });
    const found = await registry.loggedModels.ofRun({ runId: reading.first, experimentId });
    assert.deepEqual(found.map(seenModel), reading.loggedModels);
    for (const one of found) assert.deepEqual(await registry.loggedModels.get({ modelId: one.modelId }), one);
  });

  it('the logged models of each experiment, page by page, the newest first; none before MLflow 3', async () => {
    const { registry, reading } = of();
    const found = [];
    for (const experimentId of ids())
      found.push(...(await all((page) => registry.loggedModels.search({ experimentId, maxResults: 1, ...page }))));
    assert.deepEqual(found.map(seenModel), reading.loggedModels);
  });

  itWhere(hasRegistry(name), 'registered models without prompts, and versions newest first', async () => {
    const { registry, reading } = of();
    const models = await all((page) => registry.models.search({ maxResults: 2, ...page }));
    const seen = models.map((model) => [model.name, model.description, record(model.aliases), record(model.tags)]);
    assert.deepEqual(seen, reading.registry.models);
    const { registryDetails } = reading;
    for (const model of models) {
      assert.deepEqual([model.creationTime, model.lastUpdatedTime], registryDetails.models[model.name]);
      const versions = await all((page) => registry.models.versions({ name: model.name, maxResults: 1, ...page }));
      assert.deepEqual(
        versions.map((v) => [v.version, v.source, v.runId, v.stage, v.description, record(v.tags)]),
        reading.registry.versions[model.name],
      );
      assert.deepEqual(
        versions.map((v) => [
          ...[v.version, v.source, [...v.aliases].sort(), v.status, v.userId ?? '', v.modelId ?? ''],
          ...[v.creationTime, v.lastUpdatedTime],
        ]),
        registryDetails.versions[model.name]!.map((version) => correctedVersion(name, version)),
      );
    }
  });

  it('refuses in words: a missing experiment, run, logged model, model and version', async () => {
    const { registry } = of();
    const missing = [
      registry.experiments.get({ experimentId: '404' }),
      registry.runs.get({ runId: '0'.repeat(32) }),
      registry.models.get({ name: 'nobody' }),
      registry.models.version({ name: 'tumour', version: '99' }),
      ...(has('loggedModels') ? [registry.loggedModels.get({ modelId: `m-${'0'.repeat(32)}` })] : []),
    ];
    for (const one of missing)
      await assert.rejects(one, (error) => error instanceof UserError && error.kind === 'notFound');
  });

  it('a cancelled call rejects at once, and the next one is answered', async () => {
    const { registry, variant } = of();
    const leaving = new AbortController();
    const left = registry.runs.search({ experimentIds: ids(), view: 'all', maxResults: 1000 }, leaving.signal);
    leaving.abort();
    // So small a file store is mostly read in one piece, before this thread can cancel.
    if (name === 'files' && variant === 'inline') await left.catch((error: unknown) => assert.ok(isCancelled(error)));
    else await assert.rejects(left, isCancelled);
    const again = (signal?: AbortSignal) => registry.experiments.search({ view: 'active', maxResults: 5 }, signal);
    await assert.rejects(again(AbortSignal.abort()), isCancelled);
    assert.ok((await again()).items.length > 0);
  });
}
