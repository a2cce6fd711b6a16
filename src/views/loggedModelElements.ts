import * as l10n from '@vscode/l10n';
import { latestMetricsOf, type LoggedModel, type LoggedModelMetric } from '../domain/model';
import type { RunInfo } from '../domain/run';
import type {
  Element,
  ExperimentElement,
  GroupElement,
  GroupName,
  LoggedModelElement,
  LoggedModelsElement,
} from '../app/elements';
import { below, sourceRunElement } from './listElements';

/** Stands for all logged models of an experiment, which are read when it is expanded. */
export function loggedModelsElement(parent: ExperimentElement): LoggedModelsElement {
  const id = below(parent, 'loggedModels');
  return { kind: 'loggedModels', id, parent, ref: parent.ref, label: l10n.t('Logged models') };
}

export function loggedModelElement(
  parent: LoggedModelsElement,
  model: LoggedModel,
  sourceRun: RunInfo | undefined,
): LoggedModelElement {
  const ref = { kind: 'loggedModel', registry: parent.ref.registry, id: model.modelId } as const;
  return {
    kind: 'loggedModel',
    id: `${parent.id}/${model.modelId}`,
    parent,
    ref,
    model,
    ...(sourceRun && { sourceRun }),
  };
}

/** The run that it was made from, and what was logged of it in groups, empty ones left out. */
export function loggedModelParts(parent: LoggedModelElement, run: RunInfo | undefined): Element[] {
  const { model } = parent;
  const group = (name: GroupName, label: string): GroupElement => ({
    ...{ kind: 'group', id: `${parent.id}/${name}`, parent },
    ...{ ref: parent.ref, of: model, name, label },
  });
  const counted = (name: GroupName, label: string, count: number): GroupElement[] =>
    count === 0 ? [] : [group(name, `${label} (${count})`)];
  return [
    ...(model.sourceRunId === '' ? [] : [sourceRunElement(parent, model.sourceRunId, run)]),
    ...counted('params', l10n.t('Params'), model.params.length),
    ...counted('metrics', l10n.t('Metrics'), latestMetricsOf(model).length),
    ...counted('tags', l10n.t('Tags'), model.tags.length),
    group('artifacts', l10n.t('Artifacts')),
  ];
}

/** One metric may stand there for several datasets. */
export function loggedMetricElement(parent: GroupElement, metric: LoggedModelMetric): Element {
  const { key, datasetName, datasetDigest } = metric;
  const id = `${parent.id}/${datasetName === undefined ? key : JSON.stringify([key, datasetName, datasetDigest])}`;
  return { kind: 'metric', id, parent, ref: parent.ref, metric };
}
