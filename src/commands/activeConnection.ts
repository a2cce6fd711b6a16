import * as l10n from '@vscode/l10n';
import type { RegistrySet } from '../app/registrySet';
import type { Connection } from '../domain/connection';
import { UserError } from '../domain/errors';
import { commands } from '../ids';

/** What a command about the registry itself works on. */
export async function activeConnection(registries: RegistrySet): Promise<Connection> {
  await registries.ready();
  if (registries.active) return registries.active;
  throw new UserError('notFound', l10n.t('No registry is configured.'), {
    next: l10n.t('Add one with Add Registry.'),
    command: { id: commands.addRegistry },
  });
}
