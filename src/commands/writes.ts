import type { Disposable } from 'vscode';
import { registerCreateCommands } from './create';
import { registerLifecycleCommands } from './lifecycle';
import { registerLogCommands } from './logValues';
import { registerRemoveCommands } from './removeModels';
import { registerStageCommand } from './stage';
import { registerTagCommands } from './tags';
import { registerTextCommands } from './texts';
import type { WriteDeps } from './writeDeps';

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
