import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Edit } from '../app/edits';
import { requireWrite } from '../app/writable';
import { UserError } from '../domain/errors';
import type { Ref } from '../domain/ref';
import type { RunStatus } from '../domain/run';
import { statusWord } from '../domain/words';
import { commands } from '../ids';
import type { Choice } from '../platform/ui';
import { countOf, editAll, namesOf, type Question } from './editAll';
import { command } from './register';
import type { PickedKind } from './subjects';
import type { WriteDeps } from './writeDeps';

/** End Run; Delete and Restore runs and experiments. */
export function registerLifecycleCommands(deps: WriteDeps): Disposable[] {
  const { ui, subjects } = deps;
  const removing = async (args: readonly unknown[], kind: PickedKind): Promise<void> =>
    remove(deps, await subjects.things(args, called(deps, args, kind)));
  return [
    command(commands.endRun, ui, async (...args) => end(deps, await subjects.things(args, ['run']))),
    command(commands.deleteRun, ui, (...args) => removing(args, 'run')),
    command(commands.deleteExperiment, ui, (...args) => removing(args, 'experiment')),
    command(commands.restoreRun, ui, (...args) => restore(deps, args)),
    command(commands.restoreExperiment, ui, (...args) => restore(deps, args)),
  ];
}

/** A selection may hold both runs and experiments; what is picked is of the command's own kind. */
function called({ subjects }: WriteDeps, args: readonly unknown[], kind: PickedKind): readonly PickedKind[] {
  return subjects.calledOn(args).some((ref) => ref.kind === kind) ? ['run', 'experiment'] : [kind];
}

async function end({ registries, edits, ui }: WriteDeps, refs: readonly Ref[]): Promise<void> {
  const [first] = refs;
  if (!first) return;
  await requireWrite(registries, first.registry);
  const choices: readonly Choice<RunStatus>[] = [
    { label: l10n.t('Finished'), icon: 'pass', value: 'FINISHED' },
    { label: l10n.t('Failed'), icon: 'error', value: 'FAILED' },
    { label: l10n.t('Killed'), icon: 'circle-slash', value: 'KILLED' },
  ];
  // What has ended is refused before anything is asked.
  if (refs.length === 1) await edits.preview({ ref: first, field: { kind: 'status' }, to: 'FINISHED' });
  const status = await ui.pick(choices, { title: l10n.t('End the run how?') });
  if (!status) return;
  const word = statusWord(status);
  const requests = refs.map((ref) => ({ ref, field: { kind: 'status' } as const, to: status }));
  await editAll(edits, ui, requests, {
    working: l10n.t('Ending runs'),
    done: (done) => l10n.t('{0}: {1}', namesOf(done), word),
    confirm: (changing) => ({
      question: l10n.t('End {0} as {1}?', namesOf(changing), word),
      detail: l10n.t('A script that still logs to it is not stopped.'),
      action: l10n.t('End'),
    }),
  });
}

async function remove({ registries, edits, ui }: WriteDeps, refs: readonly Ref[]): Promise<void> {
  const [first] = refs;
  if (!first) return;
  await requireWrite(registries, first.registry);
  const requests = refs.map((ref) => ({ ref, field: { kind: 'lifecycle' } as const, to: 'deleted' }));
  await editAll(edits, ui, requests, {
    working: l10n.t('Deleting'),
    done: (done) =>
      done.length > 1 ? l10n.t('{0} are deleted', countOf(done)) : l10n.t('{0} is deleted', countOf(done)),
    confirm: deleteQuestion,
  });
}

function deleteQuestion(edits: readonly Edit[]): Question {
  const experiments = edits.filter(({ ref }) => ref.kind === 'experiment').length;
  const sentences = [
    ...(edits.length > 1 ? [namesOf(edits)] : []),
    ...(experiments > 0 ? [l10n.t('The runs of an experiment are deleted with it.')] : []),
    l10n.t('Show Deleted shows what is deleted, and Restore brings it back, until mlflow gc is run.'),
  ];
  return {
    question: edits.length > 1 ? l10n.t('Delete {0}?', countOf(edits)) : oneToDelete(edits),
    detail: sentences.join('\n'),
    action: l10n.t('Delete'),
  };
}

function oneToDelete([edit]: readonly Edit[]): string {
  const name = edit?.name ?? '';
  return edit?.ref.kind === 'run' ? l10n.t('Delete run {0}?', name) : l10n.t('Delete experiment {0}?', name);
}

async function restore(
  { registries, edits, subjects, selection, ui }: WriteDeps,
  args: readonly unknown[],
): Promise<void> {
  const called = subjects.calledOn(args);
  const chosen = called.length > 0 ? called : selection.current;
  const refs = chosen.filter(({ kind }) => kind === 'run' || kind === 'experiment');
  const [first] = refs;
  if (!first) throw nothingToRestore();
  await requireWrite(registries, first.registry);
  const requests = refs.map((ref) => ({ ref, field: { kind: 'lifecycle' } as const, to: 'active' }));
  await editAll(edits, ui, requests, {
    working: l10n.t('Restoring'),
    done: (done) =>
      done.length > 1 ? l10n.t('{0} are restored', countOf(done)) : l10n.t('{0} is restored', countOf(done)),
    confirm: restoreQuestion,
  });
}

/** MLflow restores every run of an experiment (mlflow.md §1.4); a run alone loses nothing by it. */
function restoreQuestion(edits: readonly Edit[]): Question | undefined {
  const experiments = edits.filter(({ ref }) => ref.kind === 'experiment');
  if (experiments.length === 0) return undefined;
  return {
    question: l10n.t('Restore {0}?', namesOf(experiments)),
    detail: l10n.t('All its runs come back, also those that were deleted one by one before.'),
    action: l10n.t('Restore'),
  };
}

function nothingToRestore(): UserError {
  return new UserError('invalid', l10n.t('Choose deleted runs or experiments in the side bar.'), {
    next: l10n.t('Show Deleted shows them.'),
    command: { id: commands.showDeleted },
  });
}
