import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import type { ModelStore } from '../domain/ports';
import { type Ref, versionOf, versionRef } from '../domain/ref';
import { allPages } from './allPages';
import { ifFound } from './optional';
import type { RegistrySet } from './registrySet';
import { requireWrite } from './writable';

/** A registered model or a version of one, before it is deleted for good. */
export interface Removal {
  readonly ref: Ref;
  /** What a person has to type: the model's name, or `name v4`. */
  readonly name: string;
  /** The versions that go, newest first. */
  readonly versions: readonly string[];
}

/** Versions asked of a store at once. */
const pageSize = 1000;

/** Deletes models and versions, which MLflow cannot bring back; nothing that an alias holds. */
export class Removals {
  constructor(private readonly registries: RegistrySet) {}

  /** What would go; refused while an alias holds any of it. */
  async preview(ref: Ref, signal?: AbortSignal): Promise<Removal> {
    await requireWrite(this.registries, ref.registry, signal);
    return this.read(ref, signal);
  }

  /** Deletes what was previewed and returns it once it is read as gone; a conflict where more would go than was shown. */
  async apply(removal: Removal, signal?: AbortSignal): Promise<Removal> {
    const { ref, name } = removal;
    const { models } = this.registries.get(ref.registry);
    const now = await this.read(ref, signal);
    if (now.versions.join() !== removal.versions.join()) throw grown(name);
    try {
      if (ref.kind === 'model') await models.delete({ name: ref.id }, signal);
      else await models.deleteVersion(versionOf(ref), signal);
      if (await isThere(models, ref, signal)) throw stillThere(name);
    } finally {
      this.registries.forget(ref.kind === 'model' ? ref : { ...ref, kind: 'model', id: versionOf(ref).name });
    }
    return removal;
  }

  private async read(ref: Ref, signal?: AbortSignal): Promise<Removal> {
    const { models } = this.registries.get(ref.registry);
    if (ref.kind === 'model') {
      const { aliases } = await models.get({ name: ref.id }, signal);
      const [held] = aliases;
      if (held) throw heldBy(ref.id, held.alias, versionRef(ref.registry, ref.id, held.version));
      return { ref, name: ref.id, versions: await versionNumbers(models, ref.id, signal) };
    }
    const { name, version, aliases } = await models.version(versionOf(ref), signal);
    const shown = `${name} v${version}`;
    if (aliases[0] !== undefined) throw heldBy(shown, aliases[0], ref);
    return { ref, name: shown, versions: [version] };
  }
}

async function versionNumbers(models: ModelStore, name: string, signal?: AbortSignal): Promise<string[]> {
  const all = await allPages((from) => models.versions({ name, maxResults: pageSize, ...from }, signal));
  return all.map(({ version }) => version);
}

async function isThere(models: ModelStore, ref: Ref, signal?: AbortSignal): Promise<boolean> {
  const reading = ref.kind === 'model' ? models.get({ name: ref.id }, signal) : models.version(versionOf(ref), signal);
  return (await ifFound<unknown>(reading)) !== undefined;
}

function heldBy(name: string, alias: string, version: Ref): UserError {
  const held = versionOf(version).version;
  return new UserError(
    'conflict',
    l10n.t('@{0} holds v{1}: {2} is not deleted while it is in use.', alias, held, name),
    {
      next: l10n.t('Delete the alias, or move it to another version, first.'),
      command: { id: 'ringside.deleteAlias', args: [version] },
    },
  );
}

function grown(name: string): UserError {
  return new UserError('conflict', l10n.t('The versions of {0} are not the ones that you were shown.', name), {
    next: l10n.t('Nothing was deleted. Look again, then decide.'),
  });
}

function stillThere(name: string): UserError {
  return new UserError('conflict', l10n.t('{0} was deleted, but is still there.', name), {
    next: l10n.t('Somebody may have made it again. Look again.'),
  });
}
