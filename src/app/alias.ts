import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { isValidAlias } from '../domain/model';
import { versionRef } from '../domain/ref';
import type { RegistrySet } from './registrySet';

/** What an alias move is and will be; `undefined` is "held by no version". */
export interface AliasChange {
  readonly registry: string;
  readonly model: string;
  readonly alias: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Moves and removes aliases: preview → (the face confirms) → re-read → write → verify by reading back. */
export class Aliases {
  constructor(private readonly registries: RegistrySet) {}

  /** Who holds the alias now and what the change would do. */
  async preview(change: Omit<AliasChange, 'from'>, signal?: AbortSignal): Promise<AliasChange> {
    if (!isValidAlias(change.alias)) throw invalidAlias(change.alias);
    return { ...change, from: await this.holder(change, signal) };
  }

  /** Writes a previewed change and returns what was read back. Rejects with a conflict where the alias moved meanwhile. */
  async apply(change: AliasChange, signal?: AbortSignal): Promise<AliasChange> {
    const { registry, model: name, alias, from, to } = change;
    const { models } = this.registries.get(registry);
    try {
      const now = await this.holder(change, signal);
      if (now !== from) throw moved(alias, now);
      if (to === undefined) await models.deleteAlias({ name, alias }, signal);
      else await models.setAlias({ name, alias, version: to }, signal);
      const after = await this.holder(change, signal);
      if (after !== to) throw moved(alias, after);
      return change;
    } finally {
      // Also after a failure: what a write without an answer did is not known.
      this.registries.forget(to === undefined ? { kind: 'model', registry, id: name } : versionRef(registry, name, to));
    }
  }

  private async holder(of: Omit<AliasChange, 'from'>, signal?: AbortSignal): Promise<string | undefined> {
    const model = await this.registries.get(of.registry).models.get({ name: of.model }, signal);
    return model.aliases.find(({ alias }) => alias === of.alias)?.version;
  }
}

export function invalidAlias(alias: string): UserError {
  return new UserError('invalid', l10n.t("'{0}' is not a name that MLflow takes for an alias.", alias), {
    next: l10n.t("Use letters, digits, '_' and '-'; not 'latest', and not like 'v1'."),
  });
}

function moved(alias: string, holder: string | undefined): UserError {
  const sentence = holder
    ? l10n.t('@{0} was moved to v{1} by someone else while you looked.', alias, holder)
    : l10n.t('@{0} was removed by someone else while you looked.', alias);
  return new UserError('conflict', sentence, { next: l10n.t('Nothing more was changed. Look again, then decide.') });
}
