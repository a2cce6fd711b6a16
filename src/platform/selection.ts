import { EventEmitter, type TreeView } from 'vscode';
import type { Disposable, Event } from '../domain/ports';
import { refKey, type Ref } from '../domain/ref';
import { contextKeys, views } from '../ids';
import { ContextKey } from './contextKeys';
import { refsOf } from './refs';

/** What an element of any of our trees has. */
interface Selectable {
  readonly ref?: Ref;
  readonly kind?: string;
}

/**
 * What is selected in the side bar. Commands that a key calls come without arguments and ask here; the Metrics view
 * follows it.
 */
export class Selection {
  private readonly byView = new Map<string, readonly Selectable[]>();
  private last: string | undefined;
  private readonly didChange = new EventEmitter<readonly Ref[]>();
  private readonly selectedKinds = new Map<string, ContextKey<string>>([
    [views.experiments, new ContextKey(contextKeys.experimentsSelected)],
    [views.models, new ContextKey(contextKeys.modelsSelected)],
  ]);

  readonly onDidChange: Event<readonly Ref[]> = this.didChange.event;

  /** Of the tree whose selection changed last; a metric or group counts as its run, each run once. */
  get current(): readonly Ref[] {
    return refsIn(this.elements());
  }

  /** Of one view, by its id. */
  in(view: string): readonly Ref[] {
    return refsIn(this.elements(view));
  }

  /** What a command was called on; a key names its view, because clicking what is selected already tells nobody. */
  calledOn(args: readonly unknown[]): readonly Ref[] {
    const [view] = args;
    return typeof view === 'string' ? this.in(view) : refsOf(args);
  }

  /** The elements themselves, of one view or of the one whose selection changed last. */
  elements(view = this.last): readonly Selectable[] {
    return this.byView.get(view ?? '') ?? [];
  }

  /** Follows a tree. */
  follow(view: string, tree: TreeView<Selectable>): Disposable {
    return tree.onDidChangeSelection(({ selection }) => this.set(view, selection));
  }

  private set(view: string, elements: readonly Selectable[]): void {
    this.byView.set(view, elements);
    this.last = view;
    this.selectedKinds.get(view)?.set(elements[0]?.kind ?? '');
    this.didChange.fire(refsIn(elements));
  }
}

function refsIn(elements: readonly Selectable[]): Ref[] {
  const refs = elements.flatMap(({ ref }) => (ref ? [ref] : []));
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}
