import * as assert from 'node:assert/strict';
import { type TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Element } from '../../src/app/elements';
import type { TreeProvider } from '../../src/views/treeProvider';

/** A row as "label | description", with what hangs below it where it was expanded. */
export type Row = string | readonly [string, readonly Row[]];

/** The rows of a tree, down to where `expand` says no. */
export async function rowsOf(
  provider: TreeProvider,
  expand: (element: Element, item: TreeItem) => boolean = () => false,
  below?: Element,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const element of await provider.getChildren(below)) {
    const item = provider.getTreeItem(element);
    const opens = item.collapsibleState !== TreeItemCollapsibleState.None && expand(element, item);
    const text = textOf(item);
    rows.push(opens ? [text, await rowsOf(provider, expand, element)] : text);
  }
  return rows;
}

/** The element at the end of a path of labels. */
export async function elementAt(provider: TreeProvider, ...labels: readonly string[]): Promise<Element> {
  let found: Element | undefined;
  for (const label of labels) {
    const children = await provider.getChildren(found);
    found = children.find((child) => provider.getTreeItem(child).label === label);
    assert.ok(found, `no '${label}' among ${children.map((child) => textOf(provider.getTreeItem(child))).join(', ')}`);
  }
  assert.ok(found);
  return found;
}

export function labelOf({ label }: TreeItem): string {
  return typeof label === 'string' ? label : (label?.label ?? '');
}

export function textOf(item: TreeItem): string {
  const name = labelOf(item);
  const { description } = item;
  return typeof description === 'string' && description !== '' ? `${name} | ${description}` : name;
}

/** Rows without the time at their end, which depends on when and where the test runs. */
export function withoutTimes(rows: readonly Row[]): Row[] {
  return rows.map((row) =>
    typeof row === 'string' ? withoutTime(row) : ([withoutTime(row[0]), withoutTimes(row[1])] as const),
  );
}

function withoutTime(row: string): string {
  return row.replace(/( \| | · )(just now|\d+ (min|h) ago|[^·|]*\d{1,2}:\d{2}[^·|]*)$/, '');
}
