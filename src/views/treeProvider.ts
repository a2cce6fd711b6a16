import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { RegistrySet } from '../app/registrySet';
import { isCancelled } from '../domain/errors';
import type { Element } from '../app/elements';
import { treeItem } from './items';
import { errorElement } from './listElements';
import { tooltipOf } from './tooltips';

/** What a view shows of one registry. */
export interface Tree {
  roots(registry: string): Promise<Element[]>;
  children(element: Element): Promise<Element[]>;
}

interface Open {
  readonly element: Element;
  /** When VS Code last asked what is below it. */
  readonly round: number;
  readonly collapsed?: true;
}

/** Gives VS Code a tree of the active registry. A failed read is an element, never an empty tree. */
export class TreeProvider implements TreeDataProvider<Element> {
  private readonly didChangeTreeData = new EventEmitter<undefined>();
  private round = 0;
  private wasRead = false;
  private readonly items = new WeakMap<Element, { readonly minute: number; readonly item: TreeItem }>();
  private drawn = false;
  private readonly opened = new Map<string, Open>();
  private readonly didRead = new EventEmitter<undefined>();

  readonly onDidChangeTreeData = this.didChangeTreeData.event;
  /** The roots were read. */
  readonly onDidRead = this.didRead.event;

  constructor(
    private readonly registries: RegistrySet,
    private readonly tree: Tree,
    private readonly now: () => number,
    /** Stand above the roots. */
    private readonly hints: () => readonly Element[] = () => [],
  ) {}

  refresh(): void {
    // Nothing is shown yet, and the first question is still to be read; told now, VS Code drops it and asks anew.
    if (!this.wasRead) return;
    // What VS Code did not ask for again is folded away or gone; of what was folded it keeps the old children.
    for (const [id, { round, collapsed }] of this.opened) {
      if (!collapsed && round < this.round) this.opened.delete(id);
    }
    this.round++;
    this.didChangeTreeData.fire(undefined);
  }

  /** Kept for a minute, which is how exact its times are: with each page VS Code asks anew for all rows above it. */
  getTreeItem(element: Element): TreeItem {
    const now = this.now();
    const minute = Math.floor(now / 60_000);
    const known = this.items.get(element);
    if (known?.minute === minute) return known.item;
    const item = treeItem(element, now);
    this.items.set(element, { minute, item });
    return item;
  }

  resolveTreeItem(item: TreeItem, element: Element): TreeItem {
    item.tooltip ??= tooltipOf(element);
    return item;
  }

  getParent(element: Element): Element | undefined {
    return element.parent;
  }

  async getChildren(element?: Element): Promise<Element[]> {
    await this.registries.ready();
    this.wasRead = true;
    const { round } = this;
    if (element) this.opened.set(element.id, { element, round });
    const children = await this.read(element);
    if (!element) this.finished();
    // What was asked before a refresh or a switch of registry must not be drawn after it.
    return round === this.round ? children : this.getChildren(element);
  }

  /** Whether the roots were read: before that there is nothing to read again. */
  get isDrawn(): boolean {
    return this.drawn;
  }

  /** Elements whose children VS Code shows: it asks for them again after each refresh, with which it may be late. */
  get expanded(): readonly Element[] {
    const isOpen = (id: string): boolean => {
      const found = this.opened.get(id);
      if (!found || found.collapsed || found.round < this.round - 1) return false;
      return found.element.parent === undefined || isOpen(found.element.parent.id);
    };
    return [...this.opened.values()].map(({ element }) => element).filter(({ id }) => isOpen(id));
  }

  /** To be told when a row is folded or unfolded: what VS Code keeps of a folded one may be out of date. */
  fold({ id }: Element, collapsed: boolean): void {
    const found = this.opened.get(id);
    if (!found) return;
    const { element, round } = found;
    this.opened.set(id, { element, round, ...(collapsed && { collapsed }) });
    // After a refresh VS Code asks by itself for what it kept: told again, it would draw the whole tree twice.
    if (found.collapsed && !collapsed && round === this.round) this.refresh();
  }

  dispose(): void {
    this.didChangeTreeData.dispose();
    this.didRead.dispose();
  }

  private finished(): void {
    this.drawn = true;
    this.didRead.fire(undefined);
  }

  private async read(element: Element | undefined): Promise<Element[]> {
    const registry = this.registries.active?.name;
    const hints = element ? [] : this.hints();
    if (registry === undefined) return [...hints];
    try {
      return [...hints, ...(await (element ? this.tree.children(element) : this.tree.roots(registry)))];
    } catch (error) {
      return isCancelled(error) ? [] : [...hints, errorElement(element, error)];
    }
  }
}
