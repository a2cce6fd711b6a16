import * as l10n from '@vscode/l10n';
import { UserError } from './errors';
import { readLayout, type TableLayout } from './tableLayout';

/** A view of the runs table that a team shares: what it shows and how. */
export interface SavedView {
  readonly name: string;
  /** MLflow's filter; empty for none. */
  readonly filter: string;
  readonly layout: TableLayout;
}

/** A workspace's file of views; larger ones nobody made with this. */
export const viewsFile = '.vscode/ringside-views.json';
const largest = 1_000_000;

/** The views of a file; what of it cannot be used is left out. Throws UserError 'invalid' where it is no such file. */
export function parseViews(text: string): readonly SavedView[] {
  if (text.trim() === '') return [];
  const found = text.length > largest ? undefined : parsed(text);
  if (typeof found !== 'object' || found === null || !('views' in found) || !Array.isArray(found.views)) {
    throw new UserError('invalid', l10n.t('{0} cannot be read: it is no JSON with a list of views.', viewsFile), {
      next: l10n.t('Mend or delete the file; it is left as it is.'),
    });
  }
  return found.views.flatMap((view: unknown) => readView(view) ?? []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readView(saved: unknown): SavedView | undefined {
  if (typeof saved !== 'object' || saved === null || !('name' in saved) || typeof saved.name !== 'string') return;
  const filter = 'filter' in saved && typeof saved.filter === 'string' ? saved.filter : '';
  return { name: saved.name, filter, layout: readLayout('layout' in saved ? saved.layout : undefined) };
}

/** One line per value, so that a view's change reads well in a diff. */
export function viewsText(views: readonly SavedView[]): string {
  return `${JSON.stringify({ views }, undefined, 2)}\n`;
}

/** With the view, in the place of one that has its name. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const known = views.some(({ name }) => name === view.name);
  return known ? views.map((each) => (each.name === view.name ? view : each)) : [...views, view];
}
