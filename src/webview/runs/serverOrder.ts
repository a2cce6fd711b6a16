import { fieldName } from '../../domain/filterRows';
import type { SearchField } from '../../domain/searchAst';
import type { Sorting } from '../../domain/tableLayout';
import type { Column } from './columns';

const kinds = { metrics: 'metric', params: 'param', tags: 'tag' } as const;
/** Columns of the table that MLflow sorts by under other names. */
const attributes: Readonly<Record<string, string>> = {
  name: 'run_name',
  started: 'start_time',
  status: 'status',
  user: 'user_id',
  runId: 'run_id',
};

/** The sorting as MLflow's order clauses, up to the first column that MLflow cannot sort by. */
export function serverOrder(columns: readonly Column[], sorting: readonly Sorting[]): readonly string[] {
  const clauses = sorting.map(({ column: id, ascending }) => {
    const field = fieldOf(columns.find((column) => column.id === id));
    return field && `${fieldName(field)} ${ascending ? 'ASC' : 'DESC'}`;
  });
  const end = clauses.indexOf(undefined);
  return (end < 0 ? clauses : clauses.slice(0, end)).filter((clause) => clause !== undefined);
}

function fieldOf(column: Column | undefined): SearchField | undefined {
  const { name } = column ?? {};
  if (name?.group === 'datasets' || column?.of) return undefined;
  if (name) return { kind: kinds[name.group], key: name.key };
  const key = attributes[column?.id ?? ''];
  return key === undefined ? undefined : { kind: 'attribute', key };
}
