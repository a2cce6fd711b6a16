import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { Logging } from '../app/logging';
import { requireWrite } from '../app/writable';
import { exactNumber, formatNumber } from '../domain/format';
import { type Metric, parseMetricValue } from '../domain/metric';
import { oneLine } from '../domain/words';
import { commands } from '../ids';
import { type Choice, newChoice } from '../platform/ui';
import { command } from './register';
import type { WriteDeps } from './writeDeps';

/** Log Metric, Log Param: one value of one run. */
export function registerLogCommands({ registries, subjects, ui, now }: WriteDeps): Disposable[] {
  const logging = new Logging(registries);

  async function logMetric(args: readonly unknown[]): Promise<void> {
    const [ref] = await subjects.things(args, ['run']);
    if (!ref) return;
    await requireWrite(registries, ref.registry);
    const { metrics } = await registries.get(ref.registry).runs.get({ runId: ref.id });
    const key = await askMetric(metrics);
    if (key === undefined) return;
    const last = metrics.find((metric) => metric.key === key);
    const value = await askNumber(l10n.t('Value of {0}', key), last && exactNumber(last.value), valueProblem);
    const step = value && (await askNumber(l10n.t('Step of {0}', key), String((last?.step ?? -1) + 1), stepProblem));
    if (!value || !step) return;
    const point: Metric = { key, value: parseMetricValue(value) ?? NaN, step: Number(step), timestamp: now() };
    const { runName } = await logging.apply(await logging.preview({ ref, metrics: [point], params: [] }));
    ui.done(l10n.t('{0} of {1} is {2} at step {3}', key, runName, formatNumber(point.value), point.step));
  }

  async function logParam(args: readonly unknown[]): Promise<void> {
    const [ref] = await subjects.things(args, ['run']);
    if (!ref) return;
    await requireWrite(registries, ref.registry);
    const { params } = await registries.get(ref.registry).runs.get({ runId: ref.id });
    const taken = (key: string): boolean => params.some((param) => param.key === key);
    const key = await ui.input({
      title: l10n.t('New param'),
      prompt: l10n.t('Key; a param cannot be changed once it is logged'),
      validate: (text) => keyProblem(text) ?? (taken(text.trim()) ? l10n.t('The run has this param.') : undefined),
    });
    const value = key && (await ui.input({ title: l10n.t('Value of {0}', key.trim()) }));
    if (!key || value === undefined) return;
    const param = { key: key.trim(), value };
    const { runName } = await logging.apply(await logging.preview({ ref, metrics: [], params: [param] }));
    ui.done(l10n.t("{0} of {1} is '{2}'", param.key, runName, oneLine(value)));
  }

  async function askMetric(metrics: readonly Metric[]): Promise<string | undefined> {
    const asNew = newChoice(l10n.t('New metric…'), '');
    const known = metrics.map(({ key, value, step }): Choice<string> => ({
      label: oneLine(key),
      description: l10n.t('{0} at step {1}', formatNumber(value), step),
      icon: 'graph-line',
      value: key,
    }));
    const chosen = known.length === 0 ? '' : await ui.pick([asNew, ...known], { title: l10n.t('Which metric?') });
    if (chosen !== '') return chosen;
    const typed = await ui.input({ title: l10n.t('New metric'), prompt: l10n.t('Key'), validate: keyProblem });
    return typed?.trim();
  }

  function askNumber(
    title: string,
    value: string | undefined,
    validate: (text: string) => string | undefined,
  ): Promise<string | undefined> {
    return ui.input({ title, validate, ...(value !== undefined && { value }) });
  }

  return [
    command(commands.logMetric, ui, (...args) => logMetric(args)),
    command(commands.logParam, ui, (...args) => logParam(args)),
  ];
}

function keyProblem(text: string): string | undefined {
  return text.trim() === '' ? l10n.t('It needs a key.') : undefined;
}

function valueProblem(text: string): string | undefined {
  return parseMetricValue(text) === undefined ? l10n.t('A number, nan, inf or -inf.') : undefined;
}

function stepProblem(text: string): string | undefined {
  return /^\s*-?\d{1,15}\s*$/.test(text) ? undefined : l10n.t('A whole number.');
}
