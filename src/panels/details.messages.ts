import type { Artifact, ArtifactRoot } from '../domain/artifact';
import type { Contract } from '../domain/contract';
import type { KeyValue } from '../domain/experiment';
import type { Capabilities } from '../domain/ports';
import type { Preview } from '../domain/preview';
import type { Ref } from '../domain/ref';
import type { Axis } from '../domain/reduce';
import type { Timeline } from '../domain/versionPage';
import type { CommonEvents, CommonMethods, Localized } from './webview.messages';

/* What the pages of a run and of a version have in common; P is what the page shows. */

export interface DetailsHost<P> {
  readonly methods: DetailsMethods<P>;
  readonly events: CommonEvents;
}

export interface DetailsContent<P> extends Localized {
  readonly page: P;
  readonly capabilities: Capabilities;
  /** The artifacts lie on the machine of the host. */
  readonly canReveal: boolean;
  /** Says of a metric what is better. */
  readonly contract: Contract;
  /** The script that made the run lies in the workspace. */
  readonly hasSource: boolean;
  /** Id of an endpoint that serves the version now. */
  readonly servedBy?: string;
}

export const artifactActions = ['openArtifact', 'openHtml', 'download', 'revealArtifact'] as const;
export type ArtifactAction = (typeof artifactActions)[number];

export const tagActions = ['setTag', 'deleteTag'] as const;
export type TagAction = (typeof tagActions)[number];

/** An artifact below one of the page's roots. */
export interface ArtifactPlace {
  readonly root: ArtifactRoot;
  readonly path: string;
}

interface DetailsMethods<P> extends CommonMethods {
  content(args: Record<string, never>): DetailsContent<P>;
  artifacts(args: ArtifactPlace): readonly Artifact[];
  preview(args: ArtifactPlace): Preview;
  /** One metric over all versions of the model, where the page did not bring it. */
  overVersions(args: { readonly key: string }): Timeline;
  /** What an artifact's row offers; the command asks the person itself. */
  actOnArtifact(args: ArtifactPlace & { readonly action: ArtifactAction }): void;
  /** Sets or deletes a tag, or sets a new one where there is no key; the command asks the person. */
  editTag(args: { readonly action: TagAction; readonly pair?: KeyValue }): void;
  /** Writes the note of a run or the description of a version; refused where it was changed meanwhile. */
  describe(args: { readonly from: string; readonly to: string }): void;
  /** Opens the script that made the run. */
  openSource(args: Record<string, never>): void;
}

/** What VS Code keeps of a page over hide, reload and restart. */
export interface DetailsState {
  readonly ref: Ref;
  readonly axis?: Axis;
  readonly logScale?: boolean;
  /** What is typed into the filters, by section. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly folded?: Readonly<Record<string, boolean>>;
  readonly scrollTop?: number;
  /** Metrics whose chart is open. */
  readonly charted?: readonly string[];
  /** Metrics as a table rather than tiles. */
  readonly asTable?: boolean;
  /** The artifact whose preview is open; none where it was closed. */
  readonly artifact?: ArtifactPlace | undefined;
  /** A note that is being written. */
  readonly draft?: { readonly from: string; readonly to: string } | undefined;
  /** Shown over all versions. */
  readonly metric?: string;
  readonly timelineAsTable?: boolean;
  /** Folders of artifacts that are unfolded; the first one where nobody chose. */
  readonly folders?: readonly ArtifactPlace[];
}
