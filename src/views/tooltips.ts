import * as l10n from '@vscode/l10n';
import { MarkdownString } from 'vscode';
import { durationOf } from '../app/runRow';
import { UserError } from '../domain/errors';
import { type Experiment, valueOf } from '../domain/experiment';
import { exactNumber, formatBytes, formatDateTime, formatDuration } from '../domain/format';
import type { Metric } from '../domain/metric';
import { latestMetricsOf, type RegisteredModel } from '../domain/model';
import { noteTag } from '../domain/run';
import { runName, statusWord } from '../domain/words';
import type { Element, LoggedModelElement, RunElement, VersionElement } from '../app/elements';
import { headlineText, loggedModelProblem } from './text';

/** A tooltip is a glance: the run panel shows the whole of a long value. */
const longest = 1000;

type Facts = readonly (readonly [name: string, value: string | undefined])[];

/** What matters about an element, beyond its row. Whatever a store says is text there, never Markdown or a link. */
export function tooltipOf(element: Element): MarkdownString | undefined {
  switch (element.kind) {
    case 'experiment':
      return experimentTip(element.experiment);
    case 'run':
      return runTip(element);
    case 'param':
    case 'tag':
      return withValue(tip(element.pair.key, []), element.pair.value);
    case 'metric':
      return metricTip(element.metric);
    case 'artifact':
      return tip(element.artifact.path, [[l10n.t('Size'), sizeOf(element.artifact.size)]]);
    case 'model':
      return modelTip(element.model);
    case 'version':
      return versionTip(element);
    case 'sourceRun':
      return tip(element.run ? runName(element.run) : l10n.t('The run is not there any more'), [
        [l10n.t('Run ID'), element.ref.id],
      ]);
    case 'error':
      return tip(element.error instanceof UserError ? element.error.text : String(element.error), []);
    case 'note':
    case 'hint':
      return tip(element.text, []);
    case 'loggedModel':
      return loggedModelTip(element);
    case 'group':
    case 'loggedModels':
    case 'more':
      return undefined;
  }
}

function experimentTip(experiment: Experiment): MarkdownString {
  const { name, experimentId, artifactLocation, creationTime, lastUpdateTime, lifecycleStage, tags } = experiment;
  return tip(
    name,
    [
      [l10n.t('Experiment ID'), experimentId],
      [l10n.t('Deleted'), lifecycleStage === 'deleted' ? formatDateTime(lastUpdateTime) : undefined],
      [l10n.t('Created'), timeOf(creationTime)],
      [l10n.t('Artifacts'), artifactLocation],
    ],
    valueOf(tags, noteTag),
  );
}

function runTip({ run, row, headline }: RunElement): MarkdownString {
  const status = statusWord(run.status);
  return tip(runName(run), [
    [l10n.t('Status'), run.lifecycleStage === 'deleted' ? l10n.t('{0}, deleted', status) : status],
    [l10n.t('Started'), timeOf(run.startTime)],
    [l10n.t('Duration'), durationOf(row) === undefined ? undefined : formatDuration(durationOf(row))],
    [headline?.key ?? '', headline && exactNumber(headline.value)],
    [l10n.t('User'), run.userId],
    [l10n.t('Run ID'), run.runId],
  ]);
}

function metricTip({ key, value, step, timestamp }: Metric): MarkdownString {
  return tip(key, [
    [l10n.t('Latest value'), exactNumber(value)],
    [l10n.t('Step'), String(step)],
    [l10n.t('Logged'), timeOf(timestamp)],
  ]);
}

function loggedModelTip({ model, sourceRun }: LoggedModelElement): MarkdownString {
  const { name, modelId, modelType, status, creationTime, sourceRunId, params } = model;
  const metrics = latestMetricsOf(model).map(({ key, value, datasetName }) =>
    [key, exactNumber(value), datasetName && l10n.t('on {0}', datasetName)].filter(Boolean).join(' '),
  );
  return tip(name || modelId, [
    [l10n.t('Status'), loggedModelProblem(status) ?? l10n.t('ready')],
    [l10n.t('Type'), modelType],
    [l10n.t('Created'), creationTime === 0 ? undefined : formatDateTime(creationTime)],
    [l10n.t('Model ID'), modelId],
    [l10n.t('Source run'), sourceRun ? runName(sourceRun) : sourceRunId],
    [l10n.t('Metrics'), metrics.join(', ')],
    [l10n.t('Params'), params.map(({ key, value }) => `${key} = ${value}`).join(', ')],
  ]);
}

function modelTip({ name, aliases, creationTime, lastUpdatedTime, description }: RegisteredModel): MarkdownString {
  const held = aliases.map(({ alias, version }) => `@${alias} v${version}`).join(', ');
  return tip(
    name,
    [
      [l10n.t('Aliases'), held],
      [l10n.t('Created'), timeOf(creationTime)],
      [l10n.t('Updated'), timeOf(lastUpdatedTime)],
    ],
    description,
  );
}

function versionTip({ version, headline, sourceRun }: VersionElement): MarkdownString {
  return tip(
    `${version.name} v${version.version}`,
    [
      [l10n.t('Status'), version.status === 'READY' ? undefined : (version.statusMessage ?? version.status)],
      [l10n.t('Aliases'), version.aliases.map((alias) => `@${alias}`).join(', ')],
      [l10n.t('Created'), timeOf(version.creationTime)],
      [l10n.t('Metric'), headlineText(headline)],
      [l10n.t('Source run'), sourceRun ? runName(sourceRun) : version.runId],
      [l10n.t('Source'), version.source],
    ],
    version.description,
  );
}

function tip(title: string, facts: Facts, text = ''): MarkdownString {
  const lines = [
    `**${literal(title)}**`,
    ...facts.flatMap(([name, value]) => (value ? [literal(`${name}: ${value}`)] : [])),
  ];
  const markdown = new MarkdownString(lines.join('  \n'));
  const paragraphs = shortened(text).split(/\n\s*\n/);
  for (const paragraph of paragraphs) if (paragraph.trim() !== '') markdown.appendMarkdown(`\n\n${literal(paragraph)}`);
  return markdown;
}

/** One line in which Markdown means nothing. VS Code's own `appendText` makes blanks unbreakable, so lines never wrap. */
function literal(text: string): string {
  const line = shortened(text).replace(/\s+/g, ' ').trim();
  return line.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A value may be JSON or a table: its lines and blanks are kept. */
function withValue(markdown: MarkdownString, value: string): MarkdownString {
  return value === '' ? markdown : markdown.appendCodeblock(shortened(value), 'text');
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function timeOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : formatDateTime(time);
}

function sizeOf(size: number | undefined): string | undefined {
  return size === undefined ? undefined : formatBytes(size);
}
