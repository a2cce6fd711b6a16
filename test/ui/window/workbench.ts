import type { Frame, Locator, Page } from 'playwright-core';
import { whenWorkbenchRestored } from '../../harness/browser.mjs';

export type View = 'Experiments' | 'Models' | 'Endpoints' | 'Metrics';
type PanelTag = 'rs-run' | 'rs-runs' | 'rs-version' | 'rs-compare' | 'rs-metrics';

export interface Theme {
  readonly label: string;
  /** What VS Code puts on the workbench and, after `vscode-`, on the body of a webview. */
  readonly workbench: string;
  readonly webview: string;
}

/** How long anything may take, ms: the first start of a model server on a busy machine is the longest. */
export const patience = 60_000;

/** A VS Code window as a person works in it: rows, menus, the palette, dialogs and panels by what they say. */
export class Workbench {
  constructor(readonly page: Page) {}

  async openRingside(): Promise<void> {
    await this.page
      .getByRole('tab', { name: /^Ringside/ })
      .first()
      .click();
  }

  /** Unfolds a view of the side bar, or folds it. */
  async fold(view: View, folded: boolean): Promise<void> {
    // What a view says beside its title is part of the name.
    const header = this.page.getByRole('button', { name: new RegExp(`^${view}\\b.* Section$`) });
    if ((await header.getAttribute('aria-expanded')) === String(folded)) await header.click();
  }

  row(view: View, name: RegExp): Locator {
    return this.page.getByRole('tree', { name: view, exact: true }).getByRole('treeitem', { name }).first();
  }

  async expand(row: Locator): Promise<void> {
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    await row.and(this.page.locator('[aria-expanded=true]')).waitFor();
  }

  /** Rows of a view as a screen reader says them. */
  async spoken(view: View): Promise<string[]> {
    const rows = this.page.getByRole('tree', { name: view, exact: true }).getByRole('treeitem');
    const labels = (await rows.all()).map((row) => row.getAttribute('aria-label'));
    return (await Promise.all(labels)).map((label) => label ?? '');
  }

  async chooseFromMenu(row: Locator, command: RegExp): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.getByRole('menuitem', { name: command });
    // A click in a menu that is still fading in is lost; a key is not.
    await item.hover();
    await this.page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }

  async runCommand(title: string): Promise<void> {
    await this.inPalette(title);
    await this.option(new RegExp(`^${escaped(title)}`)).click();
  }

  /** Writes a command into the palette; opens it again where a panel that got the focus late has closed it. */
  async inPalette(title: string): Promise<void> {
    const box = this.quickInput.getByRole('textbox').first();
    await until(async () => {
      if (!(await box.isVisible())) await this.page.keyboard.press('F1');
      const written = box.fill(`>${title}`, { timeout: 2000 });
      return written.then(() => this.option(new RegExp(escaped(title))).waitFor({ timeout: 2000 })).then(yes, no);
    });
  }

  /** Picks in the quick pick of this title; waits for it, because loading choices takes its time. */
  async pick(title: RegExp, label: RegExp): Promise<void> {
    await this.titled(title);
    await this.option(label).click();
  }

  /** Makes a registry the active one, once it is found: the picker offers what was known when it opened. */
  async switchTo(registry: RegExp): Promise<void> {
    await until(async () => {
      await this.runCommand('Ringside: Switch Registry');
      await this.titled(/^Which registry/);
      const isThere = await this.option(registry).waitFor({ timeout: 1000 }).then(yes, no);
      if (isThere) await this.option(registry).click();
      else await this.page.keyboard.press('Escape');
      return isThere;
    });
  }

  /** Narrows the quick pick of this title to what holds the text; one that must show then. */
  async find(title: RegExp, text: string, label: RegExp): Promise<void> {
    await this.titled(title);
    await this.quickInput.getByRole('textbox').first().fill(text);
    await this.option(label).waitFor();
  }

  /** Types into the input box of this title, over what stands there. */
  async type(title: RegExp, text: string): Promise<void> {
    await this.titled(title);
    await this.quickInput.getByRole('textbox').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Reads the modal dialog and presses one of its buttons. */
  async answer(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = await dialog.innerText();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    return text;
  }

  notification(text: RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  statusBar(text: RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first();
  }

  /** The text of the editor in front, once it matches. */
  async editorText(pattern: RegExp): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .view-lines');
    // The editor draws spaces as no-break spaces, and lines in any order.
    const read = async (): Promise<string> => (await lines.first().innerText()).replaceAll('\u00a0', ' ');
    return until(async () => {
      const text = (await lines.count()) > 0 ? await read() : '';
      return pattern.test(text) ? text : undefined;
    });
  }

  /** The inside of a panel or view, once it shows the text. */
  panel(tag: PanelTag, text: RegExp): Promise<Frame> {
    return until(async () => {
      for (const frame of this.page.frames()) {
        const found = frame.locator(tag).filter({ hasText: text });
        // A frame may go while it is asked: a panel was closed or hidden.
        if ((await found.count().catch(() => 0)) > 0) return frame;
      }
      return undefined;
    });
  }

  /** The window's page is another one then: what was found in it is gone. */
  async reload(): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.runCommand('Developer: Reload Window')]);
    await whenWorkbenchRestored(this.page);
  }

  /** Of an editor or a panel. */
  tab(label: string): Locator {
    return this.page.locator('.editor-group-container .tab').filter({ hasText: label }).first();
  }

  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.page.locator('.editor-group-container .tab').first().waitFor({ state: 'detached' });
  }

  async dismissNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** Chooses a colour theme as a person does and waits until the window and the given panel wear it. */
  async wear({ label, workbench, webview }: Theme, panel: Frame): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.option(/Dark 2026/).waitFor();
    await this.quickInput.getByRole('textbox').first().fill(label);
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.monaco-workbench.${workbench}`).waitFor();
    await panel.locator(`body.vscode-${webview}`).waitFor();
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** A picture without a hovering pointer. */
  async picture(file: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.locator('.workbench-hover-container').first().waitFor({ state: 'hidden' });
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  option(label: RegExp): Locator {
    return this.quickInput.getByRole('option', { name: label }).first();
  }

  private titled(title: RegExp): Promise<void> {
    return this.quickInput.locator('.quick-input-title').filter({ hasText: title }).waitFor();
  }
}

/** Waits for a value. */
export async function until<T>(read: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`This did not come within ${patience / 1000} s: ${String(read)}`);
}

const yes = (): boolean => true;
const no = (): boolean => false;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
