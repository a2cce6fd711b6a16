import assert from 'node:assert/strict';
import { type ColumnName, isMetricColumn } from '../../src/domain/frame';
import type { RunTable, TextColumn } from '../../src/domain/run';
import type { BackendName, Opened } from './backends';
import { correctedRuns } from './differences';
import { kindOf, rows } from './values';

export function frames(name: BackendName, of: () => Opened): void {
  it('a frame’s columns, read one by one, are together what the client reads of all runs', async () => {
    const { registry, reading } = of();
    const experimentIds = reading.experiments.active.map(([id]) => id);
    const { id, attributes, keys, more } = await registry.frames.open({ experimentIds, view: 'all' });
    assert.equal(more, false);
    const read = async (column: ColumnName) => registry.frames.column({ id, ...column });
    const metrics = await Promise.all(keys.metrics.map((key) => read({ group: 'metrics', key })));
    const params = await Promise.all(keys.params.map((key) => read({ group: 'params', key })));
    const tags = await Promise.all(keys.tags.map((key) => read({ group: 'tags', key })));
    assert.ok(metrics.every(isMetricColumn));
    const table: RunTable = {
      ...attributes,
      metrics: metrics,
      params: params as TextColumn[],
      tags: tags as TextColumn[],
    };
    assert.deepEqual(rows(table), correctedRuns(name, reading.runs.all));
    await registry.frames.close({ id });
    assert.equal(await kindOf(read({ group: 'tags', key: 'x' })), 'notFound');
  });

  it('a frame holds its filter, and a column of no run is empty', async () => {
    const { registry, reading } = of();
    const experimentIds = reading.experiments.active.map(([id]) => id);
    const filter = "params.depth = '1'";
    const { id, attributes } = await registry.frames.open({ experimentIds, view: 'active', filter });
    assert.deepEqual(attributes.runIds, reading.searches[filter]);
    const column = await registry.frames.column({ id, group: 'params', key: 'no such param' });
    assert.ok(!isMetricColumn(column) && column.codes.every((code) => code === -1));
    assert.equal(column.codes.length, attributes.length);
    await registry.frames.close({ id });
  });
}
