import { datasetsText } from '../../domain/dataset';
import type { Run, RunTable } from '../../domain/run';
import { columnOf, metricAt, runAt, RunTableBuilder, textAt } from '../../domain/runTable';
import type { ValuesOf } from '../../domain/searchEvaluate';
import { attributeOfRun, listOf, valuesOfRun } from '../../domain/searchValues';

/** A run of a page that may be kept: what a filter finds in it, and how it comes into the table of those that are. */
export interface RunRow {
  readonly valuesOf: ValuesOf;
  readonly addTo: (table: RunTableBuilder) => void;
}

export function rowsOfTable(table: RunTable): RunRow[] {
  return Array.from({ length: table.length }, (_, row) => ({
    valuesOf: ({ kind, key }) => {
      if (kind === 'attribute') return listOf(attributeOfRun(runAt(table, row), key));
      if (kind === 'metric') return listOf(metricAt(columnOf(table.metrics, key), row));
      return listOf(textAt(columnOf(kind === 'param' ? table.params : table.tags, key), row));
    },
    addTo: (kept) => {
      const to = kept.addRun(runAt(table, row));
      for (const column of table.metrics) {
        const value = metricAt(column, row);
        if (value !== undefined) kept.setMetric(to, column.key, value);
      }
      for (const column of table.params) {
        const value = textAt(column, row);
        if (value !== undefined) kept.setParam(to, column.key, value);
      }
      for (const column of table.tags) {
        const value = textAt(column, row);
        if (value !== undefined) kept.setTag(to, column.key, value);
      }
      kept.setDatasets(to, textAt(table.datasets, row));
    },
  }));
}

export function rowOfRun(run: Run): RunRow {
  return {
    valuesOf: valuesOfRun(run),
    addTo: (kept) => {
      const to = kept.addRun(run);
      for (const { key, value } of run.metrics) kept.setMetric(to, key, value);
      for (const { key, value } of run.params) kept.setParam(to, key, value);
      for (const { key, value } of run.tags) kept.setTag(to, key, value);
      kept.setDatasets(to, datasetsText(run.datasetInputs.map(({ dataset }) => dataset)));
    },
  };
}

export function tableOfRows(rows: readonly RunRow[]): RunTable {
  const table = new RunTableBuilder();
  for (const row of rows) row.addTo(table);
  return table.build();
}
