import * as l10n from '@vscode/l10n';
import type { Browser } from '../app/browse';
import { loggedModelsPage } from '../app/browseLists';
import type { RunSort } from '../app/browseOptions';
import { isSystemMetric, metricReader, type RunRow } from '../app/runRow';
import { UserError } from '../domain/errors';
import type { Experiment } from '../domain/experiment';
import { latestMetricsOf, type LoggedModel } from '../domain/model';
import type { Ref } from '../domain/ref';
import type { Run, RunInfo } from '../domain/run';
import { runAt } from '../domain/runTable';
import { oneLine } from '../domain/words';
import { commands } from '../ids';
import {
  type ArtifactElement,
  type Element,
  type ExperimentElement,
  type GroupElement,
  type GroupName,
  isRun,
  type LoggedModelElement,
  type LoggedModelsElement,
  rootOf,
  type RunElement,
} from '../app/elements';
import { atMost, errorElement, moreElement, noted, noteElement } from './listElements';
import { loggedMetricElement, loggedModelElement, loggedModelParts, loggedModelsElement } from './loggedModelElements';

/** What the Experiments view shows below each element; knows nothing of tree items. */
export class ExperimentsTree {
  /** One element a row, as long as it looks the same: a page more must not cost what the pages before it did. */
  private readonly elements = new WeakMap<RunRow, RunElement>();

  constructor(
    private readonly browser: Browser,
    private readonly pageSize: () => number,
  ) {}

  async roots(registry: string): Promise<Element[]> {
    const { items, more, note } = await this.browser.experiments(registry);
    const elements = items.map((experiment) => this.experimentElement(registry, experiment));
    return [
      ...elements,
      ...noted(undefined, note),
      ...(more ? [moreElement(undefined, { kind: 'experiments', registry })] : []),
    ];
  }

  async children(element: Element): Promise<Element[]> {
    if (element.kind === 'experiment') return this.runs(element);
    if (element.kind === 'run') return this.groups(element);
    if (element.kind === 'group') return this.members(element);
    if (element.kind === 'loggedModels') return this.loggedModels(element);
    if (element.kind === 'loggedModel') return this.loggedModelParts(element);
    if (element.kind === 'artifact') return this.artifacts(element, element.ref, element.artifact.path, element.root);
    return [];
  }

  experimentElement(registry: string, experiment: Experiment): ExperimentElement {
    const { experimentId } = experiment;
    const ref: Ref = { kind: 'experiment', registry, id: experimentId };
    const sorting = sortingText(this.browser.options.sortOf({ registry, experimentId }));
    return {
      kind: 'experiment',
      id: JSON.stringify([registry, experimentId]),
      ref,
      experiment,
      ...(sorting !== undefined && { sorting }),
    };
  }

  /** The elements on the way down to a run: the experiment, its top-level run, the group that nests the next… */
  async pathTo(registry: string, runId: string): Promise<RunElement | undefined> {
    const { experiment, path } = await this.browser.showRun(registry, runId);
    let parent: Element = this.experimentElement(registry, experiment);
    let found: RunElement | undefined;
    for (const row of path) {
      if (found) parent = nestedGroup(found, await this.browser.run(registry, found.run.runId));
      found = runElement(parent, registry, row);
    }
    return found;
  }

  private async runs(parent: ExperimentElement): Promise<Element[]> {
    const { registry, id: experimentId } = parent.ref;
    const scope = { registry, experimentId };
    const logged = this.loggedModelsOf(parent);
    const { items, rows, more, note } = await this.filtered(this.browser.runs(scope));
    if (rows.length === 0)
      return [noteElement(parent, note ?? (await this.nothingHere(registry, experimentId))), ...(await logged)];
    const headline = await this.browser.headlineOf(scope, rows);
    return [
      ...this.runElements(parent, registry, items, headline),
      ...noted(parent, note),
      ...(more ? [moreElement(parent, { kind: 'runs', ...scope }, this.pageSize())] : []),
      ...(await logged),
    ];
  }

  /** Below the runs, where the experiment holds any. */
  private async loggedModelsOf(parent: ExperimentElement): Promise<Element[]> {
    const { registry, id: experimentId } = parent.ref;
    if (parent.experiment.lifecycleStage === 'deleted') return [];
    // Runs are shown also where logged models cannot be searched.
    const holds = await this.browser.holdsLoggedModels({ registry, experimentId }).catch(() => false);
    return holds ? [loggedModelsElement(parent)] : [];
  }

  private async loggedModels(parent: LoggedModelsElement): Promise<Element[]> {
    const { registry, id: experimentId } = parent.ref;
    const { items, more, note } = await this.browser.loggedModels({ registry, experimentId });
    if (items.length === 0) return [noteElement(parent, note ?? l10n.t('No logged models'))];
    // Most are called "model": the runs, which stand above and are loaded, tell them apart.
    const { rows } = await this.browser.runs({ registry, experimentId }).catch(() => ({ rows: [] }));
    const runs = new Map<string, RunRow>(rows.map((row) => [row.runId, row]));
    const sourceRun = ({ sourceRunId }: LoggedModel): RunInfo | undefined => {
      const row = runs.get(sourceRunId);
      return row && runAt(row.table, row.row);
    };
    return [
      ...items.map((model) => loggedModelElement(parent, model, sourceRun(model))),
      ...noted(parent, note),
      ...(more ? [moreElement(parent, { kind: 'loggedModels', registry, experimentId }, loggedModelsPage)] : []),
    ];
  }

  private async loggedModelParts(parent: LoggedModelElement): Promise<Element[]> {
    const { sourceRun, model, ref } = parent;
    if (sourceRun || model.sourceRunId === '') return loggedModelParts(parent, sourceRun);
    const run = this.browser.run(ref.registry, model.sourceRunId);
    return loggedModelParts(parent, await run.catch(() => undefined));
  }

  /** A server may refuse a filter that it was sent as it was typed: the way out is the filter, not the log. */
  private async filtered<T>(read: Promise<T>): Promise<T> {
    try {
      return await read;
    } catch (error) {
      const refused = error instanceof UserError && error.kind === 'invalid' && this.browser.options.runFilter;
      if (!refused) throw error;
      const next = l10n.t('Change the filter.');
      throw new UserError('invalid', error.message, { next, command: { id: commands.filterRuns }, cause: error });
    }
  }

  private async nothingHere(registry: string, experimentId: string): Promise<string> {
    const { runFilter } = this.browser.options;
    if (runFilter !== undefined) return l10n.t('No runs match {0}', oneLine(runFilter));
    const traces = await this.browser.holdsTraces({ registry, experimentId }).catch(() => false);
    return traces ? l10n.t('Only traces here: Ringside does not show them yet') : l10n.t('No runs');
  }

  private async groups(parent: RunElement): Promise<Element[]> {
    const { registry, id: runId } = parent.ref;
    const scope = { registry, experimentId: parent.run.experimentId, parentId: runId };
    const [run, nested] = await Promise.all([
      this.browser.run(registry, runId),
      // What a run logged is shown also where its nested runs cannot be searched.
      this.browser.runs(scope).catch((error: unknown) => ({ error })),
    ]);
    const own = run.metrics.filter(({ key }) => !isSystemMetric(key));
    const groups = [
      countedGroup(parent, run, 'params', l10n.t('Params'), run.params.length),
      countedGroup(parent, run, 'metrics', l10n.t('Metrics'), own.length),
      countedGroup(parent, run, 'system', l10n.t('System metrics'), run.metrics.length - own.length),
      countedGroup(parent, run, 'tags', l10n.t('Tags'), run.tags.length),
      group(parent, run, 'artifacts', l10n.t('Artifacts')),
    ];
    const present = groups.filter((each) => each !== undefined);
    if ('error' in nested) return [...present, errorElement(parent, nested.error)];
    const rows = withoutAncestors(nested.rows, parent);
    return rows.length === 0 ? present : [...present, nestedGroup(parent, run, rows.length, nested.more)];
  }

  private async members(parent: GroupElement): Promise<Element[]> {
    const { of, ref, name } = parent;
    const id = (key: string): string => `${parent.id}/${key}`;
    if (name === 'artifacts') return this.artifacts(parent, ref, '', rootOf(of));
    if (name === 'nested') return isRun(of) ? this.nestedRuns(parent, of) : [];
    if (name === 'params' || name === 'tags') {
      const kind = name === 'params' ? 'param' : 'tag';
      const pairs = name === 'params' ? of.params : [...of.tags].sort(ownFirst);
      return atMost(parent, pairs, (pair) => ({ kind, id: id(pair.key), parent, ref, pair }));
    }
    if (!isRun(of)) return atMost(parent, latestMetricsOf(of), (metric) => loggedMetricElement(parent, metric));
    const metrics = of.metrics.filter(({ key }) => isSystemMetric(key) === (name === 'system'));
    return atMost(parent, metrics, (metric) => ({ kind: 'metric', id: id(metric.key), parent, ref, metric }));
  }

  private async nestedRuns(parent: GroupElement, { experimentId }: Run): Promise<Element[]> {
    const { registry, id: parentId } = parent.ref;
    const scope = { registry, experimentId, parentId };
    const { rows, more } = await this.browser.runs(scope);
    const shown = withoutAncestors(rows, parent);
    const headline = parent.headlineKey ?? (await this.browser.headlineOf(scope, shown));
    return [
      ...this.runElements(parent, registry, shown, headline),
      ...(more ? [moreElement(parent, { kind: 'runs', ...scope }, this.pageSize())] : []),
    ];
  }

  private runElements(
    parent: Element,
    registry: string,
    rows: readonly RunRow[],
    headlineKey: string | undefined,
  ): RunElement[] {
    const read = metricReader(headlineKey);
    return rows.map((row) => {
      const known = this.elements.get(row);
      if (known?.parent?.id === parent.id && known.headlineKey === headlineKey) return known;
      const value = read(row);
      const headline = headlineKey !== undefined && value !== undefined && { headline: { key: headlineKey, value } };
      const shown = {
        ...runElement(parent, registry, row),
        ...(headlineKey !== undefined && { headlineKey }),
        ...headline,
      };
      this.elements.set(row, shown);
      return shown;
    });
  }

  private async artifacts(parent: Element, ref: Ref, path: string, root: ArtifactElement['root']): Promise<Element[]> {
    const artifacts = await this.browser.artifacts(ref.registry, root, path);
    if (artifacts.length === 0) return [noteElement(parent, l10n.t('No artifacts'))];
    return atMost(parent, artifacts, (artifact) => ({
      kind: 'artifact',
      id: `${parent.id}/${artifact.path.slice(artifact.path.lastIndexOf('/') + 1)}`,
      parent,
      ref,
      root,
      artifact,
    }));
  }
}

function runElement(parent: Element, registry: string, row: RunRow): RunElement {
  const ref: Ref = { kind: 'run', registry, id: row.runId };
  return { kind: 'run', id: `${parent.id}/${row.runId}`, parent, ref, run: runAt(row.table, row.row), row };
}

function group(parent: RunElement, run: Run, name: GroupName, label: string): GroupElement {
  const { ref, headlineKey } = parent;
  const headline = headlineKey !== undefined && { headlineKey };
  return { kind: 'group', id: `${parent.id}/${name}`, parent, ref, of: run, name, label, ...headline };
}

function countedGroup(
  parent: RunElement,
  run: Run,
  name: GroupName,
  label: string,
  count: number,
): GroupElement | undefined {
  return count === 0 ? undefined : group(parent, run, name, `${label} (${count})`);
}

function nestedGroup(parent: RunElement, run: Run, count?: number, more = false): GroupElement {
  const label = l10n.t('Nested runs');
  return group(parent, run, 'nested', count === undefined ? label : `${label} (${count}${more ? '+' : ''})`);
}

/** Runs that name each other as parents would nest for ever. */
function withoutAncestors(rows: readonly RunRow[], parent: Element): readonly RunRow[] {
  const above = new Set<string>();
  for (let up: Element | undefined = parent; up; up = up.parent) if (up.kind === 'run') above.add(up.run.runId);
  return rows.filter(({ runId }) => !above.has(runId));
}

/** What a person tagged before what MLflow did. */
function ownFirst(a: { readonly key: string }, b: { readonly key: string }): number {
  return Number(a.key.startsWith('mlflow.')) - Number(b.key.startsWith('mlflow.'));
}

function sortingText(sort: RunSort): string | undefined {
  const arrow = sort.ascending ? '↑' : '↓';
  if (sort.by === 'metric') return l10n.t('by {0} {1}', oneLine(sort.key), arrow);
  if (sort.by === 'name') return l10n.t('by name {0}', arrow);
  if (sort.by === 'duration') return l10n.t('by duration {0}', arrow);
  return sort.ascending ? l10n.t('oldest first') : undefined;
}
