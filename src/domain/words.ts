import * as l10n from '@vscode/l10n';
import type { RunInfo, RunStatus } from './run';

/* How names, values and states are written where there is one line for them. */

/** What a row of a tree or a picker can hold. */
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
