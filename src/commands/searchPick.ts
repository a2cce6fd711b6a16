import * as l10n from '@vscode/l10n';
import { type QuickPick, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { isCancelled, UserError } from '../domain/errors';
import { showPicker } from '../platform/showPicker';
import type { Choice } from '../platform/ui';

/** Choices under one heading. */
export interface Section<T> {
  readonly title: string;
  readonly choices: readonly Choice<T>[];
}

interface SearchOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly typed?: string;
  readonly find: (typed: string, signal: AbortSignal) => Promise<readonly Section<T>[]>;
}

type Item<T> = QuickPickItem & { readonly value?: T };

/** ms without a keystroke before the store is asked. */
const pause = 200;

/** A picker that searches as one types; each search overtakes the one before it. */
export class SearchPick<T> {
  private readonly picker: QuickPick<Item<T>> = window.createQuickPick();
  private running = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: SearchOptions<T>) {}

  /** What was picked; nothing when the person leaves. */
  async ask(): Promise<T | undefined> {
    const { picker, options } = this;
    picker.title = options.title;
    picker.placeholder = options.placeholder;
    picker.value = options.typed ?? '';
    const listening = picker.onDidChangeValue(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.search(), pause);
    });
    try {
      const answer = this.answer();
      void this.search();
      return await answer;
    } finally {
      clearTimeout(this.timer);
      this.running.abort();
      listening.dispose();
      picker.dispose();
    }
  }

  private answer(): Promise<T | undefined> {
    return new Promise((resolve) => {
      this.picker.onDidAccept(() => {
        const value = this.picker.selectedItems[0]?.value;
        if (value !== undefined) resolve(value);
      });
      showPicker(this.picker, () => resolve(undefined));
    });
  }

  private async search(): Promise<void> {
    this.running.abort();
    const { signal } = (this.running = new AbortController());
    this.picker.busy = true;
    const items = await this.itemsFor(this.picker.value, signal);
    if (signal.aborted) return;
    this.picker.items = items;
    this.picker.busy = false;
  }

  private async itemsFor(typed: string, signal: AbortSignal): Promise<Item<T>[]> {
    try {
      const sections = (await this.options.find(typed, signal)).filter(({ choices }) => choices.length > 0);
      if (sections.length === 0) return [note(l10n.t('Nothing found'), 'info')];
      return sections.flatMap(({ title, choices }) => [heading(title), ...choices.map(itemOf)]);
    } catch (error) {
      if (isCancelled(error)) return [];
      return [note(error instanceof UserError ? error.text : String(error), 'error')];
    }
  }
}

function heading(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function note(label: string, icon: string): QuickPickItem {
  return { label, iconPath: new ThemeIcon(icon), alwaysShow: true };
}

function itemOf<T>({ label, description, icon, value }: Choice<T>): Item<T> {
  return {
    label,
    value,
    // The store has matched already, by more than the label.
    alwaysShow: true,
    ...(description !== undefined && { description }),
    ...(icon !== undefined && { iconPath: new ThemeIcon(icon) }),
  };
}
