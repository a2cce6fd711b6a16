import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { RegistrySet } from '../app/registrySet';
import { isCancelled } from '../domain/errors';
import type { Element } from './elements';
import { treeItem } from './items';
import { errorElement } from './listElements';
import { tooltipOf } from './tooltips';

/** What a view shows of one registry. */
export interface Tree {
  roots(registry: string): Promise<Element[]>;
  children(element: Element): Promise<Element[]>;
}

/** Gives VS Code a tree of the active registry. A failed read is an element, never an empty tree. */
export class TreeProvider implements TreeDataProvider<Element> {
  private readonly didChangeTreeData = new EventEmitter<undefined>();
  private round = 0;
  private wasRead = false;
  private readonly items = new WeakMap<Element, { readonly minute: number; readonly item: TreeItem }>();

  readonly onDidChangeTreeData = this.didChangeTreeData.event;

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
    const children = await this.read(element);
    // What was asked before a refresh or a switch of registry must not be drawn after it.
    return round === this.round ? children : this.getChildren(element);
  }

  dispose(): void {
    this.didChangeTreeData.dispose();
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
