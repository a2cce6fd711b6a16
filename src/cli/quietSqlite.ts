import process from 'node:process';

/** Node before 24 warns of its SQLite at each start: of no use to who reads an answer. Other warnings are shown. */
export function quietSqlite(): void {
  const emit = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void;
  process.emitWarning = (...args: readonly unknown[]) => {
    if (!String(args[0]).startsWith('SQLite is an experimental feature')) emit(...args);
  };
}
