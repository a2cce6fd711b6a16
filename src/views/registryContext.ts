import * as l10n from '@vscode/l10n';
import type { RegistryState } from '../app/registrySet';
import { type Connection, defaultWorkspace, storeKind, withoutCredentials } from '../domain/connection';
import { UserError } from '../domain/errors';
import { dotted } from '../domain/words';
import { commands } from '../ids';

/** What menus ask of the active registry; with none, nothing of the one before is left. */
export function registryContext(active: Connection | undefined, state: RegistryState) {
  const capabilities = active && state.kind === 'connected' ? state.description.capabilities : undefined;
  return {
    hasRegistry: active !== undefined,
    storeKind: active ? storeKind(active.trackingUri) : '',
    canWrite: capabilities?.write ?? false,
    hasStages: capabilities?.stages ?? false,
    hasWorkspaces: active !== undefined && workspaceOf(active, state) !== undefined,
  };
}

const icons = { rest: 'database', sqlite: 'file', files: 'folder-library', unsupported: 'warning' } as const;

/** The active registry and its state in the status bar, in its tooltip and for a screen reader; what a click does. */
export function statusLook(active: Connection, state: RegistryState) {
  const title = dotted(active.name, workspaceOf(active, state));
  const sentence = stateSentence(state);
  return {
    text: `$(${iconOf(active, state)}) ${dotted(title, problemOf(state))}`,
    tooltip: `${withoutCredentials(active.trackingUri)}\n${sentence}`,
    spoken: l10n.t('MLflow registry {0}, {1}', title, sentence),
    command: isSignedOut(state) ? commands.signIn : commands.switchRegistry,
  };
}

function iconOf({ trackingUri }: Connection, { kind }: RegistryState): string {
  if (kind === 'reading') return 'loading~spin';
  return kind === 'failed' ? 'warning' : icons[storeKind(trackingUri)];
}

/** In a few words; the tooltip has the sentence. */
function problemOf(state: RegistryState): string | undefined {
  if (state.kind !== 'failed') return undefined;
  return isSignedOut(state) ? l10n.t('not signed in') : l10n.t('cannot be read');
}

function isSignedOut(state: RegistryState): boolean {
  return state.kind === 'failed' && state.error instanceof UserError && state.error.kind === 'unauthorized';
}

function stateSentence(state: RegistryState): string {
  if (state.kind === 'failed') return state.error instanceof UserError ? state.error.text : state.error.message;
  if (state.kind === 'connected') return state.description.summary;
  return state.kind === 'reading' ? l10n.t('reading…') : l10n.t('not read yet');
}

/** The workspace of MLflow (3.10+) that is shown, where there is a choice of them or one was chosen. */
function workspaceOf({ workspace }: Connection, state: RegistryState): string | undefined {
  const isDivided = state.kind === 'connected' && state.description.workspaces !== undefined;
  return isDivided ? (workspace ?? defaultWorkspace) : workspace;
}
