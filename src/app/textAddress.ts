import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { isRef, type Ref } from '../domain/ref';
import type { Field } from './field';

/** A text of a thing that is edited as a file: its description, or one of its tags. */
export interface TextAddress {
  readonly ref: Ref;
  /** The key of a tag; absent for the description. */
  readonly tag?: string;
}

/** Path and query of a `ringside-text:` URI. The path is what the editor's tab says, the query what is meant. */
export function textUriParts(address: TextAddress, name: string): { readonly path: string; readonly query: string } {
  const title = address.tag === undefined ? `${name}.md` : `${name} ${address.tag}`;
  return { path: `/${title.replace(/[/\\\s]+/g, ' ')}`, query: JSON.stringify(address) };
}

export function parseTextUri(query: string): TextAddress {
  const address = parsed(query);
  if (typeof address === 'object' && address !== null && 'ref' in address && isRef(address.ref)) {
    const { ref } = address;
    return 'tag' in address && typeof address.tag === 'string' ? { ref, tag: address.tag } : { ref };
  }
  throw new UserError('invalid', l10n.t("'{0}' names no text of a registry.", query));
}

export function fieldOf({ tag }: TextAddress): Field {
  return tag === undefined ? { kind: 'description' } : { kind: 'tag', key: tag };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
