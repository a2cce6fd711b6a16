import type { ArtifactPair } from '../../domain/artifactPair';
import type { CompareRow } from '../../domain/compare';
import type { Contract } from '../../domain/contract';
import type { ModelVersion } from '../../domain/model';
import type { Preview } from '../../domain/preview';
import type { Ref } from '../../domain/ref';
import type { Axis } from '../../domain/reduce';
import type { Repetitions } from '../../domain/repetitions';
import type { RunInfo } from '../../domain/run';
import type { NestedValues } from '../../domain/segments';
import type { CommonEvents, CommonMethods, Localized } from '../webview.messages';

/** One column of the comparison. */
export interface CompareHead {
  readonly ref: Ref;
  readonly version?: ModelVersion;
  readonly run?: RunInfo;
  /** Why there is nothing of it: deleted for good, or its registry is no longer configured. */
  readonly gone?: string;
  /** Place in the series palette; stays while the item does. */
  readonly series: number;
}

export interface CompareContent extends Localized {
  /** The first is the baseline. */
  readonly heads: readonly CompareHead[];
  readonly rows: readonly CompareRow[];
  /** What the team agreed on; empty where there is no `ringside.yaml`. */
  readonly contract: Contract;
  /** What is wrong in `ringside.yaml`, the first fault in words; parts of it that are right count. */
  readonly faults?: { readonly count: number; readonly line: number; readonly first: string };
  /** Metrics that two or more items have with more than a first step: worth a chart. */
  readonly charted: readonly string[];
}

/** What is looked for beside the compared runs, one per item; nothing for one without a run. */
export interface CompareEvidence {
  readonly nested: readonly (readonly NestedValues[])[];
  readonly repetitions: readonly (Repetitions | null)[];
  /** Sentences about what could not be read. */
  readonly missing: readonly string[];
}

/** What is read of the items' models, data and code. */
export interface CompareDetails {
  readonly rows: readonly CompareRow[];
  readonly missing: readonly string[];
}

/** The two compared items whose files are asked for, the earlier first. */
export interface Sides {
  readonly of: readonly Ref[];
}

/** The files of two items. */
export interface CompareArtifacts {
  readonly pairs: readonly ArtifactPair[];
  /** Not all folders were looked at. */
  readonly more: boolean;
}

export interface CompareHost {
  readonly methods: CompareMethods;
  readonly events: CommonEvents;
}

interface CompareMethods extends CommonMethods {
  content(args: Record<string, never>): CompareContent;
  evidence(args: Record<string, never>): CompareEvidence;
  details(args: Record<string, never>): CompareDetails;
  artifacts(args: Sides): CompareArtifacts;
  /** What both hold of one path. */
  previews(args: Sides & ArtifactPair): readonly Preview[];
  /** Opens the diff of both, or the only one, in VS Code's editor. */
  openArtifacts(args: Sides & ArtifactPair): void;
  /** How many files differ between the two commits; none where no repository of the workspace has both. */
  changedFiles(args: Sides): number;
  /** Opens the files that differ between the two commits. */
  openCodeDiff(args: Sides): void;
  /** Shows these items, in this order, in place of the ones before. */
  arrange(args: { readonly refs: readonly Ref[] }): void;
  /** Asks what else to compare, of this registry or another. */
  add(args: Record<string, never>): void;
  /** Asks which way is better of a metric, and writes the answer to `ringside.yaml`. */
  judge(args: { readonly metric: string }): void;
  /** Opens `ringside.yaml` at its first fault. */
  openContract(args: Record<string, never>): void;
  /** Asks whether metrics are segments of one, and writes the answer there. */
  judgeSegments(args: {
    readonly metric: string;
    readonly patterns: readonly string[];
    readonly guessed: boolean;
  }): void;
  /** Asks where to, and writes the report there. */
  saveReport(args: { readonly text: string }): void;
}

/** What VS Code keeps of the panel over hide, reload and restart. */
export interface ComparePanelState {
  readonly refs: readonly Ref[];
  readonly series?: readonly number[];
  readonly axis?: Axis;
  readonly logScale?: boolean;
  readonly folded?: Readonly<Record<string, boolean>>;
  /** By section: those whose rows are all drawn. */
  readonly whole?: readonly string[];
  /** What is the same everywhere is shown too. */
  readonly showsSame?: boolean;
  /** `refKey`s of the two whose files are shown; the baseline and the first other while nobody chose. */
  readonly sides?: readonly string[];
  readonly scrollTop?: number;
}
