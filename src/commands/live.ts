import * as l10n from '@vscode/l10n';
import { commands as vscodeCommands } from 'vscode';
import type { EndNotices } from '../app/endNotices';
import type { RunningRuns } from '../app/runningRuns';
import type { Watcher } from '../app/watcher';
import { UserError } from '../domain/errors';
import { formatDuration } from '../domain/format';
import type { Disposable } from '../domain/ports';
import type { Ref } from '../domain/ref';
import type { Run } from '../domain/run';
import { runName } from '../domain/words';
import { commands } from '../ids';
import type { Settings } from '../platform/settings';
import type { Ui } from '../platform/ui';
import { command } from './register';
import type { PickedSubjects } from './subjects';

interface LiveDeps {
  readonly watcher: Watcher;
  readonly running: RunningRuns;
  readonly notices: EndNotices;
  readonly settings: Settings;
  readonly subjects: PickedSubjects;
  readonly ui: Ui;
}

/** Pause and Resume Live Updates, Notify When Run Ends. */
export function registerLiveCommands(deps: LiveDeps): Disposable[] {
  const { watcher, running, notices, settings, ui } = deps;
  return [
    command(commands.pauseLiveUpdates, ui, () => watcher.setPaused(true)),
    command(commands.resumeLiveUpdates, ui, () => watcher.setPaused(false)),
    command(commands.notifyWhenRunEnds, ui, (...args) => awaitEnds(deps, args)),
    watcher.add(notices.follower, { unattended: true }),
    notices.onDidEnd((end) => void tell(ui, end)),
    running.onDidChange((registry) => {
      if (!settings.notifyWhenRunsEnd.value) return;
      for (const { runId, table, row } of running.of(registry)) {
        notices.add(registry, runId, table.experimentIds[row] ?? '');
      }
    }),
  ];
}

async function awaitEnds({ notices, subjects, watcher, ui }: LiveDeps, args: readonly unknown[]): Promise<void> {
  const called = subjects.calledOn(args).filter(({ kind }) => kind === 'run');
  const refs = called.length > 0 ? called : [await subjects.run()].filter((ref) => ref !== undefined);
  const awaited = await Promise.all(refs.map((ref) => notices.await(ref)));
  const count = awaited.filter(Boolean).length;
  if (refs.length > 0 && count === 0) {
    throw new UserError('invalid', l10n.t('This run has ended already.'), {
      next: l10n.t('Choose one that is running.'),
    });
  }
  watcher.wake();
  if (count > 0) {
    ui.done(count === 1 ? l10n.t('You will be told when it ends') : l10n.t('You will be told when they end'));
  }
}

async function tell(ui: Ui, { ref, run }: { readonly ref: Ref; readonly run: Run }): Promise<void> {
  const open = l10n.t('Open Run');
  if ((await ui.inform(endSentence(run), open)) === open) await vscodeCommands.executeCommand(commands.openRun, ref);
}

function endSentence(run: Run): string {
  const { startTime, endTime, status } = run;
  const took = startTime === undefined || endTime === undefined ? undefined : endTime - startTime;
  const words = [runName(run), formatDuration(took)] as const;
  if (status === 'FAILED') return l10n.t("Run '{0}' failed after {1}.", ...words);
  if (status === 'KILLED') return l10n.t("Run '{0}' was killed after {1}.", ...words);
  return l10n.t("Run '{0}' finished after {1}.", ...words);
}
