import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import type { RegistrySet } from './registrySet';

/** Refuses a read-only store with its own reason: the palette, keys and the command line reach what menus hide. */
export async function requireWrite(registries: RegistrySet, registry: string, signal?: AbortSignal): Promise<void> {
  const { capabilities } = await registries.describe(registry, signal);
  if (capabilities.write) return;
  throw new UserError('unsupported', capabilities.readOnlyReason ?? l10n.t("Registry '{0}' is read-only.", registry));
}

/** MLflow writes nothing to what is deleted (mlflow.md §1.5). */
export function isDeleted(name: string): UserError {
  return new UserError('conflict', l10n.t('{0} is deleted: nothing can be written to it.', name), {
    next: l10n.t('Restore it first.'),
  });
}
