import * as l10n from '@vscode/l10n';
import { durationOf, type RunRow } from '../app/runRow';
import { formatDateTime, formatDuration, formatNumber, formatTime } from '../domain/format';
import type { LoggedModelStatus } from '../domain/model';
import type { RunInfo, RunStatus } from '../domain/run';
import { dotted, oneLine, statusWord } from '../domain/words';
import type { Headline } from '../app/elements';

/** Nothing for one that is ready, whose icon says it. */
export function loggedModelProblem(status: LoggedModelStatus): string | undefined {
  if (status === 'READY') return undefined;
  return status === 'PENDING' ? l10n.t('pending') : l10n.t('upload failed');
}

export function headlineText(headline: Headline | undefined): string | undefined {
  return headline && `${oneLine(headline.key)} ${formatNumber(headline.value)}`;
}

/** "auc 0.9931 · 2 h ago", "running · auc 0.91 · 12 min ago", "failed after 3.0 s". */
export function runDescription(run: RunInfo, row: RunRow, headline: Headline | undefined, now: number): string {
  const deleted = run.lifecycleStage === 'deleted' ? l10n.t('deleted') : undefined;
  const started = run.startTime === undefined ? undefined : formatTime(run.startTime, now);
  return dotted(deleted, statusText(run.status, durationOf(row)), headlineText(headline), started);
}

/** Nothing for a finished run, whose icon says it; what went otherwise is said in words. */
function statusText(status: RunStatus, duration: number | undefined): string | undefined {
  if (status === 'FINISHED') return undefined;
  const after = formatDuration(duration);
  if (status === 'FAILED' && duration !== undefined) return l10n.t('failed after {0}', after);
  if (status === 'KILLED' && duration !== undefined) return l10n.t('killed after {0}', after);
  return statusWord(status);
}

/** "14:02" of today, else with the date. Times in ms since epoch. */
export function clockTime(time: number, now: number): string {
  const day = (ms: number): string => new Date(ms).toDateString();
  if (day(time) !== day(now)) return formatDateTime(time);
  return new Date(time).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}
