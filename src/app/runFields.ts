import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { valueOf } from '../domain/experiment';
import type { RunStore } from '../domain/ports';
import { noteTag, type Run, type RunStatus, runStatuses } from '../domain/run';
import type { Field, Fields } from './field';

/** A status is written with the end time, `now` in ms since epoch. */
export function runFields(runs: RunStore, now: () => number): Fields {
  return {
    async read({ id: runId }, field, signal) {
      const run = await runs.get({ runId }, signal);
      const deleted = run.lifecycleStage === 'deleted';
      return { name: run.runName || runId, value: valueIn(run, field), deleted };
    },

    write({ id: runId }, field, to, signal) {
      switch (field.kind) {
        case 'name':
          return runs.update({ runId, name: to ?? '' }, signal);
        case 'status':
          return runs.update({ runId, status: statusOf(to), endTime: now() }, signal);
        case 'lifecycle':
          return to === 'deleted' ? runs.delete({ runId }, signal) : runs.restore({ runId }, signal);
        case 'description':
          return runs.setTag({ runId, key: noteTag, value: to ?? '' }, signal);
        case 'tag':
          if (to === undefined) return runs.deleteTag({ runId, key: field.key }, signal);
          return runs.setTag({ runId, key: field.key, value: to }, signal);
      }
    },
  };
}

function valueIn(run: Run, field: Field): string | undefined {
  switch (field.kind) {
    case 'name':
      return run.runName;
    case 'status':
      return run.status;
    case 'lifecycle':
      return run.lifecycleStage;
    case 'description':
      return valueOf(run.tags, noteTag) ?? '';
    case 'tag':
      return valueOf(run.tags, field.key);
  }
}

function statusOf(text: string | undefined): RunStatus {
  const status = runStatuses.find((known) => known === text);
  if (status) return status;
  throw new UserError('invalid', l10n.t("'{0}' is not a status of a run.", text ?? ''));
}
