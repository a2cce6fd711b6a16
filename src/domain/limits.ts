import * as l10n from '@vscode/l10n';
import { UserError } from './errors';
import type { KeyValue } from './experiment';
import type { Metric } from './metric';
import type { RunBatch } from './ports';
import { runNameTag } from './run';

/*
 * What MLflow takes as names, keys and values, asked before anything is written (mlflow/utils/validation.py of 3.17).
 * Each function gives the sentence that says why not, as an input box can show it; nothing where MLflow takes it.
 */

/** The longest texts, in characters as Python counts them, and the most of a batch. */
const longest = { key: 250, experimentName: 500, runTag: 8000, experimentTag: 20_000, modelTag: 100_000, param: 6000 };
const most = { metrics: 1000, params: 100, tags: 100, all: 1000 };

type Tagged = 'run' | 'experiment' | 'model';

/** Throws the sentence, where there is one. */
export function demand(...reasons: readonly (string | undefined)[]): void {
  const reason = reasons.find((one) => one !== undefined);
  if (reason !== undefined) throw new UserError('invalid', reason, { next: l10n.t('Nothing was written.') });
}

export function whyNoExperimentName(name: string): string | undefined {
  if (name === '') return l10n.t('An experiment needs a name.');
  return whyTooLong(l10n.t('The name of an experiment'), name, longest.experimentName);
}

export function whyNoRunName(name: string): string | undefined {
  if (name.trim() === '') return l10n.t('A run needs a name.');
  return whyTooLong(l10n.t('The name of a run'), name, longest.runTag);
}

export function whyNoModelName(name: string): string | undefined {
  if (name.trim() === '') return l10n.t('A registered model needs a name.');
  if (!/[/:]/.test(name) && isPlainPath(name)) return undefined;
  return l10n.t('MLflow takes no registered model named "{0}": no "/" and ":", and no ".." at the start.', name);
}

/** The key of a tag, a param or a metric. Stores keep it as the path of a file, too. */
export function whyNoKey(key: string): string | undefined {
  if (key === '') return l10n.t('A key cannot be empty.');
  if (!/^[/\p{L}\p{N}_.\- :]+$/u.test(key)) {
    return l10n.t('MLflow takes no key "{0}": use letters, digits, blanks and "_", "-", ".", ":", "/".', shown(key));
  }
  if (!isPlainPath(key)) {
    return l10n.t('MLflow takes no key "{0}": it may not begin or end with "/" or have empty, "." or ".." parts.', key);
  }
  return whyTooLong(l10n.t('A key'), key, longest.key);
}

/** MLflow would cut a longer value of a run's tag without a word (mlflow.md trap 16). */
export function whyNoTag({ key, value }: KeyValue, of: Tagged): string | undefined {
  const limit = { run: longest.runTag, experiment: longest.experimentTag, model: longest.modelTag }[of];
  return whyNoKey(key) ?? whyTooLong(l10n.t('The value of the tag "{0}"', key), value, limit);
}

export function whyNoBatch({ metrics, params, tags }: RunBatch): string | undefined {
  return (
    whyTooMany(metrics, most.metrics, l10n.t('metric points')) ??
    whyTooMany(params, most.params, l10n.t('params')) ??
    whyTooMany(tags, most.tags, l10n.t('tags')) ??
    whyTooMany([...metrics, ...params, ...tags], most.all, l10n.t('entries')) ??
    firstOf(metrics, whyNoMetric) ??
    firstOf(params, whyNoParam) ??
    whyRepeated(params) ??
    firstOf(tags, (tag) => (tag.key === runNameTag ? whyNoRunName(tag.value) : whyNoTag(tag, 'run')))
  );
}

function whyNoMetric({ key, timestamp, step }: Metric): string | undefined {
  const reason = whyNoKey(key);
  if (reason !== undefined) return reason;
  if (!Number.isSafeInteger(step)) return l10n.t('A step of the metric "{0}" is not a whole number.', key);
  if (Number.isSafeInteger(timestamp) && timestamp >= 0) return undefined;
  return l10n.t('A time of the metric "{0}" is not a whole number of milliseconds since 1970.', key);
}

function whyNoParam({ key, value }: KeyValue): string | undefined {
  return whyNoKey(key) ?? whyTooLong(l10n.t('The value of the param "{0}"', key), value, longest.param);
}

function whyRepeated(params: readonly KeyValue[]): string | undefined {
  const twice = params.find(({ key }, at) => params.findIndex((other) => other.key === key) < at);
  return twice && l10n.t('The param "{0}" is given twice.', twice.key);
}

function whyTooMany(items: readonly unknown[], limit: number, what: string): string | undefined {
  if (items.length <= limit) return undefined;
  return l10n.t('MLflow takes at most {0} {1} at once, not {2}.', limit, what, items.length);
}

function whyTooLong(what: string, text: string, limit: number): string | undefined {
  // A character beyond U+FFFF is two units here and one character in Python.
  const length = text.length <= limit ? text.length : Array.from(text).length;
  if (length <= limit) return undefined;
  return l10n.t('{0} has at most {1} characters in MLflow, not {2}.', what, limit, length);
}

/** As `posixpath.normpath` leaves it, and below its folder. */
function isPlainPath(text: string): boolean {
  return !text.startsWith('..') && text.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function firstOf<T>(items: readonly T[], why: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const reason = why(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** One line, however odd the key. */
function shown(key: string): string {
  const line = key.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
