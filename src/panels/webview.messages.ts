import type { Ref } from '../domain/ref';
import type { ReducedPoints, Reduction } from '../domain/reduce';

/** The first thing that browser code posts; the host starts a fresh channel on it. */
export const readyMessage = 'ringside.ready';

/** Commands that a webview may ask for; anything else is refused. */
export const actions = [
  'compare',
  'copyId',
  'copySnippet',
  'copyLoggingSnippet',
  'deleteAlias',
  'copyUri',
  'deleteRun',
  'deleteTag',
  'deployLocally',
  'download',
  'logMetric',
  'logParam',
  'openInWebUi',
  'openRun',
  'openRuns',
  'openVersion',
  'refresh',
  'registerVersion',
  'rename',
  'restoreRun',
  'revealRun',
  'setAlias',
  'setStage',
  'setTag',
  'showLog',
  'tryEndpoint',
] as const;
export type Action = (typeof actions)[number];

export interface ChartRequest extends Reduction {
  readonly key: string;
}

/** What every panel's host answers. */
export interface CommonMethods {
  /** Runs a command on refs; without refs, one that takes none. */
  act(args: { readonly action: Action; readonly refs: readonly Ref[] }): void;
  copy(args: { readonly text: string }): void;
  /** One line per item of the panel, in their order. */
  lines(args: ChartRequest): readonly ReducedPoints[];
  /** Asks where to, and writes a chart there. */
  saveChart(args: { readonly name: string; readonly content: string | Uint8Array }): void;
}

/** What every panel's host tells. */
export interface CommonEvents {
  /** What the panel shows is to be read again. */
  readonly changed: Record<string, never>;
}

/** Nothing is asked of the browser side, and it tells nothing: it asks. */
export interface BrowserSide {
  readonly methods: object;
  readonly events: object;
}

/** Translated sentences for `l10n.config`; empty in English. */
export interface Localized {
  readonly bundle: Readonly<Record<string, string>>;
}
