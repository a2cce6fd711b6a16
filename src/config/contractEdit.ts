import * as l10n from '@vscode/l10n';
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { UserError } from '../domain/errors';
import type { Direction } from '../domain/direction';

/** The text of `ringside.yaml` with a direction of one metric set; comments and all else stay. */
export function withDirection(text: string, metric: string, direction: Direction): string {
  return edited(text, (metrics, document) => mapIn(metrics, metric, document).set('direction', direction));
}

/** The text with this metric as the only primary one. */
export function withPrimary(text: string, metric: string): string {
  return edited(text, (metrics, document) => {
    for (const { value } of metrics.items) if (isMap(value)) value.delete('primary');
    mapIn(metrics, metric, document).set('primary', true);
  });
}

/** The text with other patterns of segments; those that stay keep their place and comments. */
export function withSegments(text: string, change: (now: readonly string[] | undefined) => readonly string[]): string {
  return editedRoot(text, (root, document) => {
    const node: unknown = root.get('segments', true);
    const isEmpty = root.get('segments') == null;
    if (!isEmpty && !isSeq(node)) throw broken(1);
    const list = isSeq(node) && !isEmpty ? node : (document.createNode([]) as YAMLSeq);
    const now = list.items.map((item) => String(isScalar(item) ? item.value : item));
    const next = [...new Set(change(isEmpty ? undefined : now))];
    list.items = list.items.filter((_, i) => next.includes(now[i] ?? ''));
    for (const pattern of next) if (!now.includes(pattern)) list.add(document.createNode(pattern));
    list.flow = next.length === 0 || (list.flow ?? false);
    root.set('segments', list);
  });
}

function edited(text: string, change: (metrics: YAMLMap, document: Document) => void): string {
  return editedRoot(text, (root, document) => change(mapIn(root, 'metrics', document), document));
}

function editedRoot(text: string, change: (root: YAMLMap, document: Document) => void): string {
  const document: Document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) throw broken(text.slice(0, error.pos[0]).split('\n').length);
  document.contents ??= document.createNode({}) as YAMLMap;
  if (!isMap(document.contents)) throw broken(1);
  change(document.contents, document);
  return document.toString({ lineWidth: 0 });
}

/** The map under a key; a new one where nothing stands there, and a refusal where something else does. */
function mapIn(parent: YAMLMap, key: string, document: Document): YAMLMap {
  const known: unknown = parent.get(key, true);
  if (isMap(known)) return known;
  if (parent.get(key) != null) throw broken(1);
  const made = document.createNode({}) as YAMLMap;
  parent.set(key, made);
  return made;
}

function broken(line: number): UserError {
  return new UserError('invalid', l10n.t('ringside.yaml cannot be changed: line {0} is not what it can hold.', line), {
    next: l10n.t('Mend it, then say it again; the Problems view has the places.'),
  });
}
