import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { valueOf } from '../../domain/experiment';
import { formatDateTime, formatDuration, formatTime } from '../../domain/format';
import type { Run, RunInfo, RunStatus } from '../../domain/run';
import { commitUrl } from '../../domain/sourceLink';
import { icon, type IconName } from '../shared/icons';
import { type Fact, textFact } from './facts';

const statusIcons: Readonly<Record<RunStatus, readonly [IconName, string]>> = {
  FINISHED: ['pass', 'pass'],
  FAILED: ['error', 'failed'],
  RUNNING: ['sync', ''],
  KILLED: ['circle-slash', ''],
  SCHEDULED: ['watch', ''],
};

function statusText(status: RunStatus): string {
  const words: Readonly<Record<RunStatus, string>> = {
    FINISHED: l10n.t('finished'),
    FAILED: l10n.t('failed'),
    RUNNING: l10n.t('running'),
    KILLED: l10n.t('killed'),
    SCHEDULED: l10n.t('scheduled'),
  };
  return words[status];
}

/** "✓ finished" */
export function statusWord({ status, lifecycleStage }: RunInfo): TemplateResult {
  const [name, kind] = statusIcons[status];
  const deleted = lifecycleStage === 'deleted' ? ` · ${l10n.t('deleted')}` : '';
  return html`<span class="status">${icon(name, kind)} ${statusText(status)}${deleted}</span>`;
}

export function timeWord(time: number | undefined): TemplateResult | typeof nothing {
  if (time === undefined) return nothing;
  return html`<span title=${formatDateTime(time)}>${formatTime(time, Date.now())}</span>`;
}

export function userOf({ userId, tags }: Run): string | undefined {
  return userId || valueOf(tags, 'mlflow.user');
}

/** The commit, as a link where its host has a page of it. */
export function commitWord({ tags }: Run): TemplateResult | typeof nothing {
  const commit = valueOf(tags, 'mlflow.source.git.commit');
  if (!commit) return nothing;
  const url = commitUrl(valueOf(tags, 'mlflow.source.git.repoURL'), commit);
  const short = commit.slice(0, 8);
  return url
    ? html`<a class="mono" href=${url} title=${url}>${short}</a>`
    : html`<span class="mono" title=${commit}>${short}</span>`;
}

/** ms; absent while a run has not ended. */
export function durationOf({ startTime, endTime }: RunInfo): number | undefined {
  return startTime === undefined || endTime === undefined ? undefined : endTime - startTime;
}

/** `openSource` where the script lies in the workspace. */
export function runFacts(run: Run, openSource: (() => void) | undefined): Fact[] {
  const { tags } = run;
  const source = valueOf(tags, 'mlflow.source.name');
  const commit = valueOf(tags, 'mlflow.source.git.commit');
  const sourceLink = (name: string): Fact[] => [
    { label: l10n.t('Source'), value: html`<button class="link" @click=${openSource}>${name}</button>` },
  ];
  return [
    { label: l10n.t('Run ID'), value: run.runId, mono: true, copy: run.runId },
    { label: l10n.t('Experiment ID'), value: run.experimentId, mono: true, copy: run.experimentId },
    { label: l10n.t('Duration'), value: formatDuration(durationOf(run)), title: spanOf(run) },
    ...(source && openSource ? sourceLink(source) : textFact(l10n.t('Source'), source)),
    ...textFact(l10n.t('Branch'), valueOf(tags, 'mlflow.source.git.branch')),
    ...(commit ? [{ label: l10n.t('Commit'), value: commitWord(run) as TemplateResult, copy: commit }] : []),
    { label: l10n.t('Artifacts'), value: run.artifactUri, mono: true, wide: true, copy: run.artifactUri },
  ];
}

function spanOf({ startTime, endTime }: RunInfo): string {
  return `${formatDateTime(startTime)} – ${formatDateTime(endTime)}`;
}
