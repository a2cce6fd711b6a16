import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { icon } from './icons';
import { baseStyles } from './styles';

export interface MenuItem {
  readonly label: string;
  /** Ticked or not; absent where it is no choice. */
  readonly checked?: boolean;
  /** Begins a group. */
  readonly first?: boolean;
  readonly run: () => void;
}

/** A floating menu (the ARIA menu pattern) at a point of the window; gives the focus back to where it was. */
class Menu extends LitElement {
  static override readonly properties = { items: { state: true } };
  declare private items: readonly MenuItem[];
  private opener: HTMLElement | undefined;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 4px;
        max-height: 80vh;
        max-width: min(360px, 90vw);
        overflow-y: auto;
        border: 1px solid var(--vscode-menu-border, var(--vscode-contrastBorder, var(--vscode-editorWidget-border)));
        border-radius: 4px;
        color: var(--vscode-menu-foreground, inherit);
        background: var(--vscode-menu-background, var(--vscode-editor-background, Canvas));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      }
      button {
        display: flex;
        gap: 6px;
        align-items: center;
        width: 100%;
        min-height: 24px;
        padding: 0 16px 0 4px;
        border-radius: 2px;
        text-align: start;
        overflow-wrap: anywhere;
      }
      button:focus,
      button:hover {
        color: var(--vscode-menu-selectionForeground, inherit);
        background: var(--vscode-menu-selectionBackground);
        outline: 1px solid var(--vscode-menu-selectionBorder, transparent);
        outline-offset: -1px;
      }
      .tick {
        flex: none;
        width: 16px;
        height: 16px;
      }
      hr {
        border: 0;
        border-top: 1px solid var(--vscode-menu-separatorBackground, var(--vscode-editorWidget-border));
        margin: 4px 0;
      }
    `,
  ];

  constructor() {
    super();
    this.items = [];
    this.popover = 'auto';
    this.role = 'menu';
    this.addEventListener('keydown', (event) => this.press(event));
    this.addEventListener('toggle', (event) => {
      if (event.newState === 'closed') this.opener?.focus();
    });
  }

  /** At a point in px, or below an element. */
  async open(items: readonly MenuItem[], at: DOMRect | { readonly x: number; readonly y: number }): Promise<void> {
    this.opener = focused();
    this.items = items;
    this.showPopover();
    await this.updateComplete;
    const [x, y] = 'bottom' in at ? [at.left, at.bottom + 2] : [at.x, at.y];
    this.style.left = `${Math.max(0, Math.min(x, window.innerWidth - this.offsetWidth - 4))}px`;
    this.style.top = `${Math.max(0, Math.min(y, window.innerHeight - this.offsetHeight - 4))}px`;
    this.buttons[0]?.focus();
  }

  protected override render(): TemplateResult {
    const ticks = this.items.some(({ checked }) => checked !== undefined);
    return html`${this.items.map(
      (item) =>
        html`${item.first ? html`<hr role="separator" />` : nothing}<button
            tabindex="-1"
            role=${item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked=${item.checked === undefined ? nothing : item.checked ? 'true' : 'false'}
            @click=${() => this.choose(item)}
          >
            ${ticks ? html`<span class="tick">${item.checked ? icon('check') : nothing}</span>` : nothing}${item.label}
          </button>`,
    )}`;
  }

  private get buttons(): readonly HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  private choose(item: MenuItem): void {
    this.hidePopover();
    item.run();
  }

  private press(event: KeyboardEvent): void {
    const { buttons } = this;
    const at = buttons.findIndex((button) => button === (this.renderRoot as ShadowRoot).activeElement);
    const next = nextIn(event.key, at, buttons);
    if (event.key === 'Tab') this.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next]?.focus();
  }
}

/** Where a key leads: arrows around, Home, End, or the next that begins with the letter. */
function nextIn(key: string, at: number, buttons: readonly HTMLElement[]): number | undefined {
  const count = buttons.length;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const begins = (i: number): boolean =>
    (buttons[i % count]?.textContent ?? '').trim().toLowerCase().startsWith(key.toLowerCase());
  const found = Array.from({ length: count }, (_, i) => at + 1 + i).find(begins);
  return found === undefined ? undefined : found % count;
}

/** What has the focus, inside shadow roots too. */
function focused(): HTMLElement | undefined {
  let element: Element | null = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

customElements.define('rs-menu', Menu);

/** Opens the one menu of a page. */
export function openMenu(
  root: ParentNode,
  items: readonly MenuItem[],
  at: DOMRect | { readonly x: number; readonly y: number },
): void {
  const menu = root.querySelector('rs-menu');
  if (menu instanceof Menu) void menu.open(items, at);
}
