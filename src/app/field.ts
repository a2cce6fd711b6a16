import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import type { Ref } from '../domain/ref';
import type { WorkCount } from '../domain/workCount';

/**
 * What of a thing is changed. The description of a run or experiment is its note; `lifecycle` is `active` or `deleted`.
 */
export type Field =
  { readonly kind: 'name' | 'description' | 'status' | 'lifecycle' } | { readonly kind: 'tag'; readonly key: string };

/** One field as it stands; `undefined` is "not there". */
export interface Reading {
  /** What people call the thing. */
  readonly name: string;
  readonly value: string | undefined;
  readonly deleted?: boolean;
}

/** How the fields of one kind of thing are read and written. */
export interface Fields {
  read(ref: Ref, field: Field, signal?: AbortSignal): Promise<Reading>;
  /** `undefined` deletes a tag. */
  write(ref: Ref, field: Field, to: string | undefined, signal?: AbortSignal, count?: WorkCount): Promise<void>;
}

/** The field as it stands in a sentence: "the description of brisk-fox". */
export function fieldWord(field: Field): string {
  switch (field.kind) {
    case 'tag':
      return l10n.t('tag {0}', field.key);
    case 'name':
      return l10n.t('name');
    case 'description':
      return l10n.t('description');
    case 'status':
      return l10n.t('status');
    case 'lifecycle':
      return l10n.t('lifecycle stage');
  }
}

/** A field that MLflow does not have for this kind of thing, or cannot change. */
export function noSuchField(name: string, field: Field): UserError {
  return new UserError('unsupported', l10n.t('MLflow cannot change the {0} of {1}.', fieldWord(field), name));
}
