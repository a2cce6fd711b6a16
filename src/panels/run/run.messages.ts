import type { Artifact, ArtifactRoot } from '../../domain/artifact';
import type { Capabilities } from '../../domain/ports';
import type { Ref } from '../../domain/ref';
import type { Axis } from '../../domain/reduce';
import type { RunPage } from '../../domain/runPage';
import type { CommonEvents, CommonMethods, Localized } from '../webview.messages';

export interface RunPanelContent extends Localized {
  readonly page: RunPage;
  readonly capabilities: Capabilities;
  /** The artifacts lie on the machine of the host. */
  readonly canReveal: boolean;
}

export const artifactActions = ['openArtifact', 'download', 'revealArtifact'] as const;
export type ArtifactAction = (typeof artifactActions)[number];

export interface RunHost {
  readonly methods: RunMethods;
  readonly events: CommonEvents;
}

interface RunMethods extends CommonMethods {
  content(args: Record<string, never>): RunPanelContent;
  /** Those of `keys` that have a history; asked of metrics whose latest step is 0. */
  curves(args: { readonly keys: readonly string[] }): readonly string[];
  artifacts(args: { readonly root: ArtifactRoot; readonly path: string }): readonly Artifact[];
  /** What an artifact's row offers; the command asks the person itself. */
  actOnArtifact(args: { readonly action: ArtifactAction; readonly root: ArtifactRoot; readonly path: string }): void;
}

/** What VS Code keeps of the panel over hide, reload and restart. */
export interface RunPanelState {
  readonly ref: Ref;
  readonly axis?: Axis;
  readonly logScale?: boolean;
  readonly filter?: string;
  readonly folded?: Readonly<Record<string, boolean>>;
  readonly scrollTop?: number;
}
