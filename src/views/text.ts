import * as l10n from '@vscode/l10n';
import { durationOf, type RunRow } from '../app/runRow';
import { formatDateTime, formatDuration, formatNumber, formatTime } from '../domain/format';
import type { RunInfo, RunStatus } from '../domain/run';
import type { Headline } from './elements';

/** What a row of a tree can hold; the tooltip has the rest. */
const longest = 160;

/** Names and values are anything a script wrote: one line, no control characters, not endless. */
export function oneLine(text: string): string {
  // Code points, because half an emoji is no text.
  const line = Array.from(text.slice(0, 4 * longest).replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
  return line.length > longest ? `${line.slice(0, longest).join('')}…` : line.join('');
}

/** Parts of a description; empty ones are left out. */
export function dotted(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

export function runName({ runName: name, runId }: RunInfo): string {
  return oneLine(name) || runId;
}

export function statusWord(status: RunStatus): string {
  const words: Record<RunStatus, string> = {
    RUNNING: l10n.t('running'),
    SCHEDULED: l10n.t('scheduled'),
    FINISHED: l10n.t('finished'),
    FAILED: l10n.t('failed'),
    KILLED: l10n.t('killed'),
  };
  return words[status];
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
