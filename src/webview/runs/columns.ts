import * as l10n from '@vscode/l10n';
import { type Contract, judgedBy, primaryFirst } from '../../domain/contract';
import type { FrameColumnName, HistoryValue } from '../../domain/frame';
import type { Arrangeable, HistoryColumn, HistoryKind } from '../../domain/tableLayout';
import type { RunsContent } from '../../panels/runs/runs.messages';

export type ColumnGroup = 'run' | 'metrics' | 'params' | 'tags';

/** A column of the table; one with a `name` is read when it is first seen. */
export interface Column extends Arrangeable {
  /** Equal ids are one column, over reloads too. */
  readonly id: string;
  readonly title: string;
  readonly group: ColumnGroup;
  readonly numeric?: boolean;
  readonly name?: FrameColumnName;
  /** What of a metric's history it holds, where that is not the latest value. */
  readonly of?: HistoryKind;
  /** What the title leaves open. */
  readonly hint?: string;
}

/** The column that stands still when the others scroll. */
export const nameColumn = 'name';

/** MLflow's own tags that people look for; the others are there to be chosen. */
const knownTags: readonly (readonly [string, () => string])[] = [
  ['mlflow.source.name', () => l10n.t('Source')],
  ['mlflow.source.git.commit', () => l10n.t('Commit')],
  ['mlflow.source.git.branch', () => l10n.t('Branch')],
  ['mlflow.parentRunId', () => l10n.t('Parent run')],
];
const shownTags = ['mlflow.source.name', 'mlflow.source.git.commit'];

/** Every column that the runs have, in the order in which they stand at first. */
export function columnsOf(
  { keys, experimentNames, contract }: RunsContent,
  histories: readonly HistoryColumn[] = [],
): readonly Column[] {
  const metric = (key: string): readonly Column[] => [
    { ...dataColumn('metrics', key, 96), numeric: true },
    ...histories.filter((each) => each.key === key).flatMap((each) => historyColumn(each, contract)),
  ];
  const known = knownTags.filter(([key]) => keys.tags.includes(key));
  const others = keys.tags.filter((key) => !known.some(([each]) => each === key));
  return [
    { id: nameColumn, title: l10n.t('Run'), width: 200, group: 'run' },
    { id: 'status', title: l10n.t('Status'), width: 60, group: 'run' },
    {
      id: 'experiment',
      title: l10n.t('Experiment'),
      width: 140,
      group: 'run',
      hiddenAtFirst: Object.keys(experimentNames).length < 2,
    },
    { id: 'started', title: l10n.t('Started'), width: 130, group: 'run' },
    ...primaryFirst(contract, keys.metrics)
      .filter((key) => !isSystem(key))
      .flatMap(metric),
    ...keys.params.map((key) => dataColumn('params', key, 110)),
    { id: 'duration', title: l10n.t('Duration'), width: 96, numeric: true, group: 'run' },
    { id: 'user', title: l10n.t('User'), width: 90, group: 'run' },
    ...known.map(([key, title]): Column => ({
      ...dataColumn('tags', key, 110),
      title: title(),
      width: 110,
      group: 'run',
      hiddenAtFirst: !shownTags.includes(key),
    })),
    ...(keys.datasets ? [datasetsColumn()] : []),
    ...others.map((key) => ({ ...dataColumn('tags', key, 110), hiddenAtFirst: key.startsWith('mlflow.') })),
    ...keys.metrics.filter(isSystem).flatMap(metric),
    { id: 'runId', title: l10n.t('Run ID'), width: 120, group: 'run', hiddenAtFirst: true },
  ];
}

export function columnId({ group, key }: FrameColumnName): string {
  return JSON.stringify([group, key]);
}

/** Beside the metric's own, which is of its latest value. */
export function historyId({ key, of }: HistoryColumn): string {
  return JSON.stringify(['metrics', key, of]);
}

/** The best is not there where nobody knows what is better. */
function historyColumn({ key, of }: HistoryColumn, contract: Contract): readonly Column[] {
  const read = valueRead(of, key, contract);
  if (!read) return [];
  const title = l10n.t('{0} ({1})', key, historyWords()[of]);
  const width = Math.max(110, Math.min(220, title.length * 7 + 32));
  const name = { group: 'metrics', key, of: read } as const;
  return [{ id: historyId({ key, of }), title, width, group: 'metrics', numeric: true, name, of, ...hintOf(of, read) }];
}

export function valueRead(of: HistoryKind, key: string, contract: Contract): HistoryValue | undefined {
  if (of !== 'best') return of;
  const judged = judgedBy(contract, key);
  return judged && (judged.direction === 'higher' ? 'max' : 'min');
}

function hintOf(of: HistoryKind, read: HistoryValue): Pick<Column, 'hint'> {
  if (of !== 'best') return {};
  return { hint: read === 'max' ? l10n.t('the greatest of its history') : l10n.t('the least of its history') };
}

export function historyWords(): Readonly<Record<HistoryKind, string>> {
  return { min: l10n.t('least'), max: l10n.t('greatest'), best: l10n.t('best'), first: l10n.t('first') };
}

function datasetsColumn(): Column {
  const name = { group: 'datasets', key: '' } as const;
  return { id: columnId(name), title: l10n.t('Datasets'), width: 140, name, group: 'run' };
}

/** Wide enough for the title, so that most need no resizing. */
function dataColumn(group: 'metrics' | 'params' | 'tags', key: string, least: number): Column {
  const width = Math.max(least, Math.min(180, key.length * 7 + 32));
  return { id: columnId({ group, key }), title: key, width, name: { group, key }, group };
}

function isSystem(key: string): boolean {
  return key.startsWith('system/');
}
