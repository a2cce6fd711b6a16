import type { RegistryState } from '../app/registrySet';
import { type Connection, defaultWorkspace, storeKind } from '../domain/connection';

/** What menus and the status bar say of the active registry; with none, nothing of the one before is left. */
export function registryContext(active: Connection | undefined, state: RegistryState) {
  const capabilities = active && state.kind === 'connected' ? state.description.capabilities : undefined;
  const workspace = active && workspaceOf(active, state);
  return {
    hasRegistry: active !== undefined,
    storeKind: active ? storeKind(active.trackingUri) : '',
    canWrite: capabilities?.write ?? false,
    hasStages: capabilities?.stages ?? false,
    hasWorkspaces: workspace !== undefined,
    workspace,
  };
}

/** The workspace of MLflow (3.10+) that is shown, where there is a choice of them or one was chosen. */
function workspaceOf({ workspace }: Connection, state: RegistryState): string | undefined {
  const isDivided = state.kind === 'connected' && state.description.workspaces !== undefined;
  return isDivided ? (workspace ?? defaultWorkspace) : workspace;
}
