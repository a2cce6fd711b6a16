import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { type KeyValue, valueOf } from '../../domain/experiment';
import { formatDateTime, formatDuration, formatTime } from '../../domain/format';
import type { ModelVersion } from '../../domain/model';
import type { Ref } from '../../domain/ref';
import type { RunStatus } from '../../domain/run';
import type { RunPage } from '../../domain/runPage';
import { icon, type IconName } from '../shared/icons';

/** One line of an overview. */
export interface Fact {
  readonly label: string;
  readonly value: TemplateResult | string;
  readonly title?: string;
  readonly mono?: boolean;
  /** Takes the whole width: an address that a column would break. */
  readonly wide?: boolean;
  /** What the copy button copies; without it there is none. */
  readonly copy?: string;
}

type Open = (ref: Ref) => void;

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

/** "✓ finished · tumour-screening · 2 h ago". */
export function statusWord({ run, experiment }: RunPage): TemplateResult | string {
  if (!run) return '';
  const [name, kind] = statusIcons[run.status];
  const rest = [experiment?.name, formatTime(run.startTime, Date.now())].filter(Boolean);
  const deleted = run.lifecycleStage === 'deleted' ? [l10n.t('deleted')] : [];
  return html`${icon(name, kind)} ${[statusText(run.status), ...deleted, ...rest].join(' · ')}`;
}

export function overviewFacts({ ref, run, experiment, parent, version }: RunPage, open: Open): Fact[] {
  if (!run) return [];
  const { tags } = run;
  const now = Date.now();
  const ended = run.endTime === undefined || run.startTime === undefined ? undefined : run.endTime - run.startTime;
  const commit = valueOf(tags, 'mlflow.source.git.commit');
  const runRef = (id: string): Ref => ({ kind: 'run', registry: ref.registry, id });
  const link = (id: string, name: string): TemplateResult =>
    html`<button class="link" @click=${() => open(runRef(id))}>${name}</button>`;
  return [
    ...(version ? [{ label: l10n.t('Run'), value: link(run.runId, run.runName) }] : []),
    { label: l10n.t('Run ID'), value: run.runId, mono: true, copy: run.runId },
    ...text(l10n.t('Experiment'), experiment?.name ?? run.experimentId, experiment?.experimentId),
    ...(parent ? [{ label: l10n.t('Parent run'), value: link(parent.runId, parent.runName) }] : []),
    { label: l10n.t('Started'), value: formatTime(run.startTime, now), title: formatDateTime(run.startTime) },
    { label: l10n.t('Ended'), value: formatTime(run.endTime, now), title: formatDateTime(run.endTime) },
    { label: l10n.t('Duration'), value: formatDuration(ended) },
    ...text(l10n.t('User'), run.userId || valueOf(tags, 'mlflow.user')),
    ...text(l10n.t('Source'), valueOf(tags, 'mlflow.source.name')),
    ...(commit
      ? [{ label: l10n.t('Commit'), value: commit.slice(0, 10), title: commit, mono: true, copy: commit }]
      : []),
    ...text(l10n.t('Branch'), valueOf(tags, 'mlflow.source.git.branch')),
    ...text(l10n.t('Lifecycle'), run.lifecycleStage === 'deleted' ? l10n.t('deleted') : undefined),
    { label: l10n.t('Artifacts'), value: run.artifactUri, mono: true, wide: true, copy: run.artifactUri },
  ];
}

export function versionFacts(version: ModelVersion): Fact[] {
  const now = Date.now();
  const time = (label: string, at: number | undefined): Fact[] =>
    at === undefined ? [] : [{ label, value: formatTime(at, now), title: formatDateTime(at) }];
  return [
    {
      label: l10n.t('Status'),
      value:
        version.status === 'READY'
          ? l10n.t('ready')
          : html`${icon('warning', 'warned')} ${[version.status, version.statusMessage].filter(Boolean).join(': ')}`,
    },
    ...text(l10n.t('Stage'), version.stage && version.stage !== 'None' ? version.stage : undefined),
    ...time(l10n.t('Registered'), version.creationTime),
    ...time(l10n.t('Updated'), version.lastUpdatedTime),
    ...text(l10n.t('User'), version.userId),
    ...text(l10n.t('Description'), version.description),
    ...version.tags.map(tagFact),
    { label: l10n.t('Source'), value: version.source, mono: true, wide: true, copy: version.source },
  ];
}

function tagFact({ key, value }: KeyValue): Fact {
  return { label: key, value };
}

/** Nothing where there is nothing to say. */
function text(label: string, value: string | undefined, title?: string): Fact[] {
  return value ? [{ label, value, ...(title && { title }) }] : [];
}
