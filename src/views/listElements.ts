import * as l10n from '@vscode/l10n';
import type { ListKey } from '../app/browseLists';
import type { Ref } from '../domain/ref';
import type { RunInfo } from '../domain/run';
import type { Element, ErrorElement, MoreElement, NoteElement, SourceRunElement } from '../app/elements';

/** VS Code draws the rows of one parent at once; beyond this the run panel, which can be searched, is the place. */
const largestGroup = 1000;

/** The elements of a long list, and how many are left out. */
export function atMost<T>(parent: Element, items: readonly T[], make: (item: T) => Element): Element[] {
  const elements = items.slice(0, largestGroup).map(make);
  const rest = items.length - elements.length;
  return rest === 0 ? elements : [...elements, noteElement(parent, l10n.t('{0} more are not shown here', rest))];
}

/** `count` where the next page has a known size. */
export function moreElement(parent: Element | undefined, list: ListKey, count?: number): MoreElement {
  const label = count === undefined ? l10n.t('Load more…') : l10n.t('Load {0} more…', count);
  return { kind: 'more', id: below(parent, 'more'), list, label, ...(parent && { parent }) };
}

export function errorElement(parent: Element | undefined, error: unknown): ErrorElement {
  return { kind: 'error', id: below(parent, 'error'), error, ...(parent && { parent }) };
}

export function noteElement(parent: Element | undefined, text: string): NoteElement {
  return { kind: 'note', id: below(parent, 'note'), text, ...(parent && { parent }) };
}

/** `run` where it is known. */
export function sourceRunElement(
  parent: Element & { readonly ref: Ref },
  runId: string,
  run: RunInfo | undefined,
): SourceRunElement {
  const ref = { kind: 'run', registry: parent.ref.registry, id: runId } as const;
  return { kind: 'sourceRun', id: below(parent, 'run'), parent, ref, ...(run && { run }) };
}

/** What a list says about itself, below its items. */
export function noted(parent: Element | undefined, text: string | undefined): NoteElement[] {
  return text === undefined ? [] : [noteElement(parent, text)];
}

/** Marks cannot be ids of what is listed beside them: those are JSON or MLflow's names below a slash. */
export function below(parent: Element | undefined, mark: string): string {
  return `${parent?.id ?? ''}//${mark}`;
}
