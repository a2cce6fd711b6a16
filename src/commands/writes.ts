import type { Disposable } from 'vscode';
import type { Edits } from '../app/edits';
import type { RegistrySet } from '../app/registrySet';
import type { Ref } from '../domain/ref';
import type { Ui } from '../platform/ui';
import type { Selection } from '../views/selection';
import { registerCreateCommands } from './create';
import { registerLifecycleCommands } from './lifecycle';
import { registerLogCommands } from './logValues';
import { registerRemoveCommands } from './removeModels';
import { registerStageCommand } from './stage';
import type { PickedSubjects } from './subjects';
import { registerTagCommands } from './tags';
import { registerTextCommands } from './texts';

export interface WriteDeps {
  readonly registries: RegistrySet;
  readonly edits: Edits;
  readonly subjects: PickedSubjects;
  readonly selection: Selection;
  readonly ui: Ui;
  /** Selects a thing in the side bar. */
  readonly reveal: (ref: Ref) => Promise<void>;
  /** ms since epoch. */
  readonly now: () => number;
}

/** Every command that writes to a store, but registering and aliases (models.ts). */
export function registerWriteCommands(deps: WriteDeps): Disposable[] {
  return [
    ...registerTagCommands(deps),
    ...registerTextCommands(deps),
    ...registerLifecycleCommands(deps),
    ...registerCreateCommands(deps),
    ...registerRemoveCommands(deps),
    registerStageCommand(deps),
    ...registerLogCommands(deps),
  ];
}
