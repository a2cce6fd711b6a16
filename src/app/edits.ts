import * as l10n from '@vscode/l10n';
import { hasEnded, type RunStatus } from '../domain/run';
import { UserError } from '../domain/errors';
import type { Registry } from '../domain/ports';
import type { Ref } from '../domain/ref';
import type { WorkCount } from '../domain/workCount';
import { refuseName } from './creations';
import { experimentFields } from './experimentFields';
import { type Field, type Fields, fieldWord, type Reading } from './field';
import { modelFields, versionFields } from './modelFields';
import type { RegistrySet } from './registrySet';
import { runFields } from './runFields';
import { settleAll, type Settled } from './settle';
import { isDeleted, requireWrite } from './writable';

export interface EditRequest {
  readonly ref: Ref;
  readonly field: Field;
  /** `undefined` deletes a tag. */
  readonly to: string | undefined;
}

/** What a field is and will be; `undefined` is "not there". */
export interface Edit extends EditRequest {
  /** What people call the thing. */
  readonly name: string;
  readonly from: string | undefined;
}

/** Changes one field of a thing: preview → (the face confirms) → re-read → write → verify by reading back. */
export class Edits {
  /** @param now ms since epoch */
  constructor(
    private readonly registries: RegistrySet,
    private readonly now: () => number,
  ) {}

  /** What the field is now. */
  current(ref: Ref, field: Field, signal?: AbortSignal): Promise<Reading> {
    return fieldsOf(this.registries.get(ref.registry), ref, this.now).read(ref, field, signal);
  }

  /** What the field is now; refused where the thing is deleted. */
  async changeable(ref: Ref, field: Field, signal?: AbortSignal): Promise<Reading> {
    const reading = await this.current(ref, field, signal);
    if (reading.deleted && field.kind !== 'lifecycle') throw isDeleted(reading.name);
    return reading;
  }

  /** What the field is now and would be. */
  async preview(request: EditRequest, signal?: AbortSignal): Promise<Edit> {
    const { ref, field, to } = request;
    await requireWrite(this.registries, ref.registry, signal);
    if (field.kind === 'tag' && field.key.trim() === '') throw new UserError('invalid', l10n.t('A tag needs a key.'));
    const { name, value: from } = await this.changeable(ref, field, signal);
    if (field.kind === 'status' && hasEnded(from as RunStatus)) throw ended(name, from);
    if (field.kind === 'name' && to !== from)
      await refuseName(this.registries.get(ref.registry), ref.kind, to ?? '', signal);
    return { ...request, name, from };
  }

  /** Writes a previewed edit and returns it once it is read back; a conflict where the field moved meanwhile. */
  async apply(edit: Edit, signal?: AbortSignal): Promise<Edit> {
    try {
      return await this.write(edit, signal);
    } finally {
      // Also after a failure: what a write without an answer did is not known.
      this.registries.forget(afterwards(edit));
    }
  }

  /** Writes a field that was seen as `from`; a conflict where it is something else by now. */
  async replace(request: EditRequest & Pick<Edit, 'from'>, signal?: AbortSignal): Promise<Edit> {
    const edit = await this.preview(request, signal);
    return this.apply({ ...edit, from: request.from }, signal);
  }

  previewAll(requests: readonly EditRequest[], signal?: AbortSignal): Promise<Settled<EditRequest, Edit>> {
    return settleAll(requests, (request) => this.preview(request, signal), signal);
  }

  /**
   * Each on its own; what fails leaves the others done. `report` gets how many are through, `count` what one of them does
   * to many things.
   */
  async applyAll(
    edits: readonly Edit[],
    signal?: AbortSignal,
    report: (finished: number) => void = () => undefined,
    count?: WorkCount,
  ): Promise<Settled<Edit, Edit>> {
    let finished = 0;
    const one = (edit: Edit): Promise<Edit> =>
      this.write(edit, signal, count).finally(() => {
        report(++finished);
      });
    const settled = await settleAll(edits, one, signal);
    this.registries.forget();
    return settled;
  }

  private async write(edit: Edit, signal?: AbortSignal, count?: WorkCount): Promise<Edit> {
    const { ref, field, from, to } = edit;
    const before = await this.changeable(ref, field, signal);
    if (before.value !== from) throw moved(edit, before.value);
    await fieldsOf(this.registries.get(ref.registry), ref, this.now).write(ref, field, to, signal, count);
    const { value } = await this.current(afterwards(edit), field, signal);
    if (value !== to) throw kept(edit, value);
    return edit;
  }
}

function fieldsOf(registry: Registry, { kind }: Ref, now: () => number): Fields {
  switch (kind) {
    case 'run':
      return runFields(registry.runs, now);
    case 'experiment':
      return experimentFields(registry.experiments);
    case 'model':
      return modelFields(registry.models);
    case 'version':
      return versionFields(registry.models);
    case 'registry':
    case 'loggedModel':
    case 'endpoint':
      throw new UserError('unsupported', l10n.t('Only experiments, runs, models and versions can be changed.'));
  }
}

/** The thing after the edit: MLflow knows a model by its name. */
function afterwards({ ref, field, to = '' }: EditRequest): Ref {
  return ref.kind === 'model' && field.kind === 'name' ? { ...ref, id: to } : ref;
}

function ended(name: string, status = ''): UserError {
  return new UserError('conflict', l10n.t('{0} has ended already: its status is {1}.', name, status));
}

function moved({ name, field }: Edit, now: string | undefined): UserError {
  const sentence =
    now === undefined
      ? l10n.t('The {0} of {1} was removed by someone else while you looked.', fieldWord(field), name)
      : l10n.t(
          "The {0} of {1} was changed to '{2}' by someone else while you looked.",
          fieldWord(field),
          name,
          short(now),
        );
  return new UserError('conflict', sentence, { next: l10n.t('Nothing was changed. Look again, then decide.') });
}

/** Long values are cut by servers without a word (mlflow.md §1.5); or someone wrote between our write and our read. */
function kept({ name, field }: Edit, now = ''): UserError {
  return new UserError(
    'conflict',
    l10n.t("The {0} of {1} was written, but now reads '{2}'.", fieldWord(field), name, short(now)),
    { next: l10n.t('Someone else wrote too, or the registry keeps only part of it. Look again.') },
  );
}

/** One line that fits a sentence. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
