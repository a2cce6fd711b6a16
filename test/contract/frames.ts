import assert from 'node:assert/strict';
import { type ColumnName, historyValues, isMetricColumn } from '../../src/domain/frame';
import type { RunTable, TextColumn } from '../../src/domain/run';
import { metricAt, textAt } from '../../src/domain/runTable';
import type { BackendName, Opened } from './backends';
import { correctedHistory, correctedRuns } from './differences';
import type { PointJson } from './oracle';
import { kindOf, rows, shown } from './values';

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

  it('columns over histories hold what the client’s histories come to', async () => {
    const { registry, reading } = of();
    const experimentIds = reading.experiments.active.map(([id]) => id);
    const { id, attributes } = await registry.frames.open({ experimentIds, view: 'active' });
    const row = attributes.runIds.indexOf(reading.first);
    // Of a server each row is a request.
    const rows = name === 'rest' ? { rows: [row] } : {};
    for (const [key, stored] of Object.entries(reading.histories)) {
      const points = correctedHistory(name, key, stored);
      for (const value of historyValues) {
        const column = await registry.frames.column({ id, group: 'metrics', key, of: value, ...rows });
        assert.ok(isMetricColumn(column) && column.values.length === attributes.length);
        assert.deepEqual(shown(metricAt(column, row)), expectedOf(points)[value], `${value} of ${key}`);
      }
    }
    const none = await registry.frames.column({ id, group: 'metrics', key: 'absent', of: 'min' });
    assert.ok(isMetricColumn(none) && attributes.runIds.every((_, i) => metricAt(none, i) === undefined));
    await registry.frames.close({ id });
  });

  it('only the rows that are asked for are read where histories come run by run', async () => {
    const { registry, reading } = of();
    const experimentIds = reading.experiments.active.map(([id]) => id);
    const { id, attributes, historiesByRun } = await registry.frames.open({ experimentIds, view: 'active' });
    assert.equal(historiesByRun ?? false, name === 'rest');
    const other = attributes.runIds.findIndex((runId) => runId !== reading.first);
    const key = Object.keys(reading.histories)[0]!;
    const column = await registry.frames.column({ id, group: 'metrics', key, of: 'max', rows: [other] });
    const read = isMetricColumn(column) && metricAt(column, attributes.runIds.indexOf(reading.first)) !== undefined;
    assert.equal(read, name !== 'rest');
    await registry.frames.close({ id });
  });

  it('the datasets of runs are a column, by name and digest', async () => {
    const { registry, reading } = of();
    const experimentIds = reading.experiments.active.map(([id]) => id);
    const { id, attributes, keys } = await registry.frames.open({ experimentIds, view: 'active' });
    const column = await registry.frames.column({ id, group: 'datasets', key: '' });
    assert.ok(!isMetricColumn(column));
    for (const [runName, { datasets }] of Object.entries(reading.links)) {
      const texts = datasets.map((each) => {
        const [called, digest] = each as [string, string];
        return `${called} (${digest.slice(0, 8)})`;
      });
      const expected = texts.length === 0 ? undefined : [...new Set(texts)].sort().join(', ');
      assert.equal(textAt(column, attributes.runNames.indexOf(runName)), expected, runName);
    }
    assert.equal(
      keys.datasets,
      Object.values(reading.links).some(({ datasets }) => datasets.length > 0),
    );
    await registry.frames.close({ id });
  });
}

/** What points come to, said another way than the code does: sorted, and the first taken. */
function expectedOf(points: readonly PointJson[]): Record<(typeof historyValues)[number], unknown> {
  const number = (value: unknown): number => (value === null ? NaN : Number(value));
  const numbers = points.map(([, , value]) => number(value)).filter((value) => !Number.isNaN(value));
  const inOrder = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1] || number(a[2]) - number(b[2]));
  return {
    min: shown(numbers.length === 0 ? NaN : Math.min(...numbers)),
    max: shown(numbers.length === 0 ? NaN : Math.max(...numbers)),
    first: shown(number(inOrder[0]?.[2])),
  };
}
