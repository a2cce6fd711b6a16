import type { ListKey } from './browseLists';
import type { RunRow } from './runRow';
import type { Artifact, ArtifactRoot } from '../domain/artifact';
import type { Experiment, KeyValue } from '../domain/experiment';
import type { Metric } from '../domain/metric';
import type { LoggedModel, LoggedModelMetric, ModelVersion, RegisteredModel } from '../domain/model';
import type { Ref } from '../domain/ref';
import type { Run, RunInfo } from '../domain/run';
import type { Endpoint } from '../domain/target';

/** What every element of the trees has. */
interface Base {
  /** The path of what it shows, so that selection and expansion survive a refresh; unique in its view. */
  readonly id: string;
  readonly parent?: Element;
  /** What commands are about: of a metric or a folder, its run. */
  readonly ref?: Ref;
}

export interface Headline {
  readonly key: string;
  readonly value: number;
}

export interface ExperimentElement extends Base {
  readonly kind: 'experiment';
  readonly ref: Ref;
  readonly experiment: Experiment;
  /** How its runs are sorted, where that is not the default. */
  readonly sorting?: string;
}

export interface RunElement extends Base {
  readonly kind: 'run';
  readonly ref: Ref;
  readonly run: RunInfo;
  readonly row: RunRow;
  /** Metric that stands beside the runs of its list. */
  readonly headlineKey?: string;
  readonly headline?: Headline;
}

export type GroupName = 'params' | 'metrics' | 'system' | 'tags' | 'artifacts' | 'nested';

export interface GroupElement extends Base {
  readonly kind: 'group';
  readonly ref: Ref;
  readonly name: GroupName;
  readonly label: string;
  /** What it hangs on, with what was logged of it. */
  readonly of: Run | LoggedModel;
  readonly headlineKey?: string;
}

/** The logged models of an experiment. */
export interface LoggedModelsElement extends Base {
  readonly kind: 'loggedModels';
  readonly ref: Ref;
  readonly label: string;
}

export interface LoggedModelElement extends Base {
  readonly kind: 'loggedModel';
  readonly ref: Ref;
  readonly model: LoggedModel;
  /** Where it is among the runs that are loaded. */
  readonly sourceRun?: RunInfo;
}

export interface PairElement extends Base {
  readonly kind: 'param' | 'tag';
  readonly ref: Ref;
  readonly pair: KeyValue;
}

interface MetricElement extends Base {
  readonly kind: 'metric';
  readonly ref: Ref;
  readonly metric: Metric | LoggedModelMetric;
}

export interface ArtifactElement extends Base {
  readonly kind: 'artifact';
  readonly ref: Ref;
  readonly root: ArtifactRoot;
  readonly artifact: Artifact;
}

export interface ModelElement extends Base {
  readonly kind: 'model';
  readonly ref: Ref;
  readonly model: RegisteredModel;
}

export interface VersionElement extends Base {
  readonly kind: 'version';
  readonly ref: Ref;
  readonly version: ModelVersion;
  readonly sourceRun?: RunInfo;
  readonly headline?: Headline;
}

/** The run that a version or a logged model was made from. */
export interface SourceRunElement extends Base {
  readonly kind: 'sourceRun';
  readonly ref: Ref;
  readonly run?: RunInfo;
}

/** Why something could not be read. */
export interface ErrorElement extends Base {
  readonly kind: 'error';
  readonly error: unknown;
}

export interface MoreElement extends Base {
  readonly kind: 'more';
  readonly list: ListKey;
  readonly label: string;
}

/** A sentence where there is nothing to list. */
export interface NoteElement extends Base {
  readonly kind: 'note';
  readonly text: string;
}

/** Something about the registries themselves that a person may act on. */
export interface HintElement extends Base {
  readonly kind: 'hint';
  readonly text: string;
  readonly icon: string;
  readonly command: { readonly id: string; readonly title: string; readonly args: readonly unknown[] };
}

/** Plain data; `items.ts` makes tree items of it. */
export type Element =
  | ExperimentElement
  | RunElement
  | GroupElement
  | LoggedModelsElement
  | LoggedModelElement
  | PairElement
  | MetricElement
  | ArtifactElement
  | ModelElement
  | VersionElement
  | SourceRunElement
  | ErrorElement
  | MoreElement
  | NoteElement
  | HintElement;

/** What the Endpoints view has. */
export interface EndpointElement {
  readonly kind: 'endpoint';
  readonly id: string;
  readonly ref: Ref;
  readonly endpoint: Endpoint;
}

export function isRun<R extends RunInfo>(logged: R | LoggedModel): logged is R {
  return 'runId' in logged;
}

/** Where the artifacts of a run or a logged model lie. */
export function rootOf(logged: Run | LoggedModel): ArtifactRoot {
  return isRun(logged) ? { kind: 'run', runId: logged.runId } : { kind: 'loggedModel', modelId: logged.modelId };
}
