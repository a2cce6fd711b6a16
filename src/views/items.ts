import * as l10n from '@vscode/l10n';
import { type Command, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { artifactUriPath } from '../app/artifactAddress';
import { UserError } from '../domain/errors';
import { exactNumber, formatBytes, formatNumber, formatTime } from '../domain/format';
import type { AliasAssignment, LoggedModelMetric } from '../domain/model';
import type { Metric } from '../domain/metric';
import type { RunInfo, RunStatus } from '../domain/run';
import { dotted, oneLine, runName, statusWord } from '../domain/words';
import { artifactScheme, commands } from '../ids';
import {
  type ArtifactElement,
  type Element,
  type ErrorElement,
  type GroupName,
  type HintElement,
  isRun,
  type LoggedModelElement,
  type ModelElement,
  type VersionElement,
} from '../app/elements';
import { headlineText, loggedModelProblem, runDescription } from './text';

const { None, Collapsed } = TreeItemCollapsibleState;

/** What a row shows; the tooltip is made when the pointer rests on it (`tooltips.ts`). */
interface Look {
  readonly label: string;
  readonly description?: string;
  readonly icon?: ThemeIcon;
  readonly contextValue: string;
  readonly expands?: boolean;
  readonly command?: Command;
  /** What a screen reader says where label and description do not say it all. */
  readonly spoken?: string;
  readonly uri?: Uri;
}

/** The tree item of an element. `now` in ms since epoch. */
export function treeItem(element: Element, now: number): TreeItem {
  const look = lookOf(element, now);
  const item = new TreeItem(look.label, look.expands ? Collapsed : None);
  item.id = element.id;
  item.contextValue = look.contextValue;
  if (look.description) item.description = look.description;
  if (look.icon) item.iconPath = look.icon;
  if (look.command) item.command = look.command;
  if (look.uri) item.resourceUri = look.uri;
  const spoken = look.spoken ?? [look.label, look.description].filter(Boolean).join(', ');
  item.accessibilityInformation = { label: spoken };
  return item;
}

function lookOf(element: Element, now: number): Look {
  switch (element.kind) {
    case 'experiment':
      return experimentLook(element);
    case 'run':
      return runLook(element, now);
    case 'group':
      return {
        label: element.label,
        icon: groupIcons[element.name],
        // What a logged model holds is not written here.
        contextValue: isRun(element.of) || element.name === 'artifacts' ? `group;${element.name}` : 'group',
        expands: true,
      };
    case 'param':
    case 'tag':
      return {
        label: oneLine(element.pair.key),
        description: oneLine(element.pair.value),
        contextValue: element.ref.kind === 'loggedModel' ? `${element.kind};fixed` : element.kind,
      };
    case 'metric':
      return metricLook(element);
    case 'loggedModels':
      return { label: element.label, icon: loggedModelIcon, contextValue: 'loggedModels', expands: true };
    case 'loggedModel':
      return loggedModelLook(element, now);
    case 'artifact':
      return artifactLook(element);
    case 'model':
      return modelLook(element);
    case 'version':
      return versionLook(element, now);
    case 'sourceRun':
      return sourceRunLook(element);
    case 'error':
      return errorLook(element);
    case 'more':
      return {
        label: element.label,
        icon: new ThemeIcon('ellipsis'),
        contextValue: 'more',
        command: { command: commands.loadMore, title: element.label, arguments: [element] },
      };
    case 'hint':
      return hintLook(element);
    case 'note':
      return { label: element.text, icon: new ThemeIcon('info'), contextValue: 'note' };
  }
}

const groupIcons: Readonly<Record<GroupName, ThemeIcon>> = {
  params: new ThemeIcon('symbol-parameter'),
  metrics: new ThemeIcon('graph-line'),
  system: new ThemeIcon('dashboard'),
  tags: new ThemeIcon('tag'),
  artifacts: new ThemeIcon('files'),
  nested: new ThemeIcon('list-tree'),
};

const statusIcons: Readonly<Record<RunStatus, ThemeIcon>> = {
  FINISHED: new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
  FAILED: new ThemeIcon('error', new ThemeColor('testing.iconFailed')),
  RUNNING: new ThemeIcon('sync~spin'),
  KILLED: new ThemeIcon('circle-slash'),
  SCHEDULED: new ThemeIcon('watch'),
};

function runIcon({ status, lifecycleStage }: RunInfo): ThemeIcon {
  const icon = statusIcons[status];
  return lifecycleStage === 'deleted' ? new ThemeIcon(icon.id, new ThemeColor('disabledForeground')) : icon;
}

function experimentLook({ experiment, sorting }: Extract<Element, { kind: 'experiment' }>): Look {
  const { name, experimentId, lifecycleStage, runCount } = experiment;
  const deleted = lifecycleStage === 'deleted';
  const count =
    runCount === 1 ? l10n.t('1 run') : runCount === undefined ? undefined : l10n.t('{0} runs', formatNumber(runCount));
  return {
    label: oneLine(name) || experimentId,
    description: dotted(deleted ? l10n.t('deleted') : undefined, count, sorting),
    icon: deleted ? new ThemeIcon('beaker', new ThemeColor('disabledForeground')) : new ThemeIcon('beaker'),
    contextValue: deleted ? 'experiment;deleted' : 'experiment',
    expands: true,
  };
}

function runLook({ run, row, headline }: Extract<Element, { kind: 'run' }>, now: number): Look {
  const label = runName(run);
  const description = runDescription(run, row, headline, now);
  const finished = run.status === 'FINISHED' ? l10n.t('finished') : undefined;
  return {
    label,
    description,
    icon: runIcon(run),
    contextValue: `run;${run.lifecycleStage}${run.status === 'RUNNING' ? ';running' : ''}`,
    expands: true,
    spoken: [l10n.t('Run {0}', label), finished, description].filter(Boolean).join(', '),
  };
}

function metricLook({ metric }: Extract<Element, { kind: 'metric' }>): Look {
  return {
    label: oneLine(metric.key),
    description: dotted(formatNumber(metric.value), datasetOf(metric)),
    contextValue: 'metric',
    spoken: [metric.key, exactNumber(metric.value), datasetOf(metric)].filter(Boolean).join(', '),
  };
}

function datasetOf(metric: Metric | LoggedModelMetric): string | undefined {
  return 'datasetName' in metric && metric.datasetName ? l10n.t('on {0}', oneLine(metric.datasetName)) : undefined;
}

const loggedModelIcon = new ThemeIcon('symbol-structure');

function loggedModelLook({ model, sourceRun }: LoggedModelElement, now: number): Look {
  const { name, modelId, status, creationTime, sourceRunId } = model;
  const label = oneLine(name) || modelId;
  const problem = loggedModelProblem(status);
  const created = creationTime === 0 ? undefined : formatTime(creationTime, now);
  const description = dotted(problem, sourceRun && runName(sourceRun), created);
  return {
    label,
    description,
    icon: problem === undefined ? loggedModelIcon : warningIcon(),
    contextValue: sourceRunId === '' ? 'loggedModel' : 'loggedModel;sourced',
    expands: true,
    spoken: [l10n.t('Logged model {0}', label), description].filter(Boolean).join(', '),
  };
}

function artifactLook({ artifact, root, ref }: ArtifactElement): Look {
  const { path, isDir, size } = artifact;
  const address = { registry: ref.registry, root, path };
  const look = {
    label: oneLine(path.slice(path.lastIndexOf('/') + 1)),
    // The theme's icon for the kind of file goes by this.
    uri: Uri.from({ scheme: artifactScheme, path: artifactUriPath(address) }),
    icon: isDir ? ThemeIcon.Folder : ThemeIcon.File,
    contextValue: isDir ? 'artifact;folder' : 'artifact;file',
  };
  if (isDir) return { ...look, expands: true };
  const open = { command: commands.openArtifact, title: l10n.t('Open Artifact'), arguments: [address] };
  return { ...look, command: open, ...(size !== undefined && { description: formatBytes(size) }) };
}

function modelLook({ model }: ModelElement): Look {
  return {
    label: oneLine(model.name),
    description: dotted(...championFirst(model.aliases).map(({ alias, version }) => `@${oneLine(alias)} v${version}`)),
    icon: new ThemeIcon('package'),
    contextValue: 'model',
    expands: true,
  };
}

/** The alias that people look for must not be the one that a narrow side bar cuts off. */
function championFirst(aliases: readonly AliasAssignment[]): AliasAssignment[] {
  return [...aliases].sort((a, b) => Number(b.alias === 'champion') - Number(a.alias === 'champion'));
}

function versionLook({ version, headline }: VersionElement, now: number): Look {
  const { aliases, status, stage, creationTime, tags, runId } = version;
  const label = `v${version.version}`;
  const description = dotted(
    statusProblem(status),
    ...aliases.map((alias) => `@${oneLine(alias)}`),
    stage === 'None' || stage === '' ? undefined : stage,
    headlineText(headline),
    creationTime === undefined ? undefined : formatTime(creationTime, now),
  );
  return {
    label,
    description,
    icon: status === 'READY' ? new ThemeIcon('versions') : warningIcon(),
    contextValue: aliases.length > 0 ? 'version;aliased' : 'version',
    expands: runId !== '' || tags.length > 0,
    spoken: [l10n.t('Version {0}', version.version), description].filter(Boolean).join(', '),
  };
}

function statusProblem(status: string): string | undefined {
  if (status === 'READY') return undefined;
  return status === 'PENDING_REGISTRATION' ? l10n.t('registering') : l10n.t('registration failed');
}

function warningIcon(): ThemeIcon {
  return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
}

function sourceRunLook({ run, ref }: Extract<Element, { kind: 'sourceRun' }>): Look {
  return {
    label: run ? runName(run) : ref.id,
    description: dotted(l10n.t('source run'), run && run.status !== 'FINISHED' ? statusWord(run.status) : undefined),
    icon: run ? runIcon(run) : new ThemeIcon('beaker'),
    contextValue: run ? `run;${run.lifecycleStage}` : 'note',
    command: { command: commands.revealRun, title: l10n.t('Reveal Source Run'), arguments: [ref] },
  };
}

function errorLook({ error }: ErrorElement): Look {
  const kind = error instanceof UserError ? error.kind : 'bug';
  const label = error instanceof Error ? error.message : String(error);
  const { command, args = [] } = fixOf(error);
  const icons: Readonly<Record<string, string>> = { unauthorized: 'key', unreachable: 'debug-disconnect' };
  return {
    label,
    icon: new ThemeIcon(icons[kind] ?? 'error', new ThemeColor('list.errorForeground')),
    contextValue: `error;${kind}`,
    command: { command, title: l10n.t('Fix'), arguments: [...args] },
    spoken: error instanceof UserError ? error.text : label,
  };
}

function hintLook({ text, icon, command }: HintElement): Look {
  const { id, title, args } = command;
  return {
    label: text,
    icon: new ThemeIcon(icon),
    contextValue: 'hint',
    command: { command: id, title, arguments: [...args] },
  };
}

/** The command that does the next step: the error's own, else what usually helps with its kind. */
function fixOf(error: unknown): { readonly command: string; readonly args?: readonly unknown[] } {
  if (!(error instanceof UserError)) return { command: commands.showLog };
  if (error.command) return { command: error.command.id, ...(error.command.args && { args: error.command.args }) };
  if (error.kind === 'unauthorized') return { command: commands.signIn };
  const again = error.kind === 'unreachable' || error.kind === 'notFound' || error.kind === 'conflict';
  return { command: again ? commands.refresh : commands.showLog };
}
