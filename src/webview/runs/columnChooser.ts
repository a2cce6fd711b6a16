import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isShown, type TableLayout } from '../../domain/tableLayout';
import { boxOf } from '../shared/buttons';
import { icon } from '../shared/icons';
import { baseStyles } from '../shared/styles';
import { type Column, nameColumn } from './columns';

/** What a person does in the list of columns; a page listens for `choose`. */
export type ChooseEvent =
  | { readonly kind: 'show'; readonly columns: readonly Column[]; readonly shown: boolean }
  | { readonly kind: 'pin'; readonly column: string; readonly pinned: boolean }
  | { readonly kind: 'move'; readonly column: string; readonly to: string }
  | { readonly kind: 'histories'; readonly column: Column; readonly at: DOMRect }
  | { readonly kind: 'star'; readonly column: string; readonly starred: boolean }
  | { readonly kind: 'onlyStarred'; readonly on: boolean }
  | { readonly kind: 'differing'; readonly on: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' };

/** Lines that are drawn: a run may have 5,000 metrics, and nobody reads a list of them. */
const listed = 200;

/** Which columns show, in which order, and which stand still. */
class ColumnChooser extends LitElement {
  static override readonly properties = {
    columns: { attribute: false },
    layout: { attribute: false },
    words: { state: true },
  };
  /** All of them, in the order of the layout. */
  declare columns: readonly Column[];
  declare layout: TableLayout;
  declare private words: string;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 4px;
        min-height: 0;
      }
      .head {
        display: flex;
        align-items: center;
        font-weight: 600;
      }
      .head .icon-button {
        margin-inline-start: auto;
      }
      input[type='text'] {
        font: inherit;
        height: 24px;
        padding: 0 6px;
        border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
        border-radius: 2px;
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
      }
      label {
        display: flex;
        gap: 6px;
        align-items: center;
        min-width: 0;
        flex: 1 1 auto;
      }
      label.only {
        flex: none;
      }
      input[type='checkbox'] {
        margin: 0;
        accent-color: var(--vscode-focusBorder);
      }
      ul {
        flex: 1 1 auto;
        overflow-y: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        min-height: 24px;
      }
      li:hover {
        background: var(--vscode-list-hoverBackground);
      }
      li bdi {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li .icon-button {
        flex: none;
        opacity: 0;
      }
      li:hover .icon-button,
      li:focus-within .icon-button,
      .icon-button[aria-pressed='true'] {
        opacity: 1;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.words = '';
  }

  protected override render(): TemplateResult {
    const found = this.found;
    const more = found.length - listed;
    return html`
      <div class="head">
        ${l10n.t('Columns')}
        <button class="icon-button" aria-label=${l10n.t('Close')} @click=${() => this.tell({ kind: 'close' })}>
          ${icon('close')}
        </button>
      </div>
      <input
        type="text"
        aria-label=${l10n.t('Find a column')}
        placeholder=${l10n.t('Find a column')}
        @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)}
      />
      ${this.renderOnly(l10n.t('Only columns that differ'), this.layout.differing, (on) =>
        this.tell({ kind: 'differing', on }),
      )}
      ${this.renderOnly(l10n.t('Only favourite columns'), this.layout.onlyStarred, (on) =>
        this.tell({ kind: 'onlyStarred', on }),
      )}
      <div class="tools">
        <button class="link" @click=${() => this.tell({ kind: 'show', columns: found, shown: true })}>
          ${l10n.t('Show all')}
        </button>
        <button class="link" @click=${() => this.tell({ kind: 'show', columns: found, shown: false })}>
          ${l10n.t('Hide all')}
        </button>
        <button class="link" @click=${() => this.tell({ kind: 'reset' })}>${l10n.t('Reset')}</button>
      </div>
      <ul aria-label=${l10n.t('Columns')} @keydown=${(event: KeyboardEvent) => this.press(event)}>
        ${repeat(
          found.slice(0, listed),
          ({ id }) => id,
          (column) => this.renderColumn(column),
        )}
      </ul>
      ${more > 0 ? html`<p class="dimmed">${l10n.t('and {0} more: type to find them', more)}</p>` : nothing}
    `;
  }

  private renderOnly(label: string, isOn = false, turn: (on: boolean) => void): TemplateResult {
    return html`<label class="only"
      ><input
        type="checkbox"
        .checked=${isOn}
        @change=${(event: Event) => turn((event.target as HTMLInputElement).checked)}
      />${label}</label
    >`;
  }

  private renderColumn(column: Column): TemplateResult {
    const { id, title, group } = column;
    const isPinned = this.layout.pinned?.includes(id) ?? false;
    const pin = isPinned ? l10n.t('Unpin {0}', title) : l10n.t('Pin {0}', title);
    return html`<li data-id=${id}>
      <label title=${l10n.t('Alt+Up and Alt+Down move the column, F makes it a favourite')}
        ><input
          type="checkbox"
          .checked=${isShown(column, this.layout)}
          @change=${(event: Event) =>
            this.tell({ kind: 'show', columns: [column], shown: (event.target as HTMLInputElement).checked })}
        /><bdi>${title}</bdi
        >${group === 'run' ? nothing : html`<span class="dimmed">${groupWords()[group]}</span>`}</label
      >${this.renderHistories(column)}${this.renderStar(column)}<button
        class="icon-button"
        title=${pin}
        aria-label=${pin}
        aria-pressed=${isPinned ? 'true' : 'false'}
        @click=${() => this.tell({ kind: 'pin', column: id, pinned: !isPinned })}
      >
        ${icon(isPinned ? 'pinned' : 'pin')}
      </button>
    </li>`;
  }

  private renderStar({ id, title }: Column): TemplateResult {
    const isStarred = this.isStarred(id);
    const label = isStarred ? l10n.t('Remove {0} from favourites', title) : l10n.t('Add {0} to favourites', title);
    return html`<button
      class="icon-button"
      title=${label}
      aria-label=${label}
      aria-pressed=${isStarred ? 'true' : 'false'}
      @click=${() => this.tell({ kind: 'star', column: id, starred: !isStarred })}
    >
      ${icon(isStarred ? 'star-full' : 'star-empty')}
    </button>`;
  }

  private isStarred(id: string): boolean {
    return this.layout.starred?.includes(id) ?? false;
  }

  /** What else of a metric can be a column; not of one that is of the history itself. */
  private renderHistories(column: Column): TemplateResult | typeof nothing {
    if (column.group !== 'metrics' || column.of) return nothing;
    const label = l10n.t('Best, least, greatest or first of {0}', column.title);
    return html`<button
      class="icon-button"
      title=${label}
      aria-label=${label}
      aria-haspopup="menu"
      @click=${(event: MouseEvent) => this.tell({ kind: 'histories', column, at: boxOf(event) })}
    >
      ${icon('history')}
    </button>`;
  }

  /** Favourites first; the first column is always there. */
  private get found(): readonly Column[] {
    const words = this.words.trim().toLowerCase();
    const found = this.columns.filter(({ id, title }) => id !== nameColumn && title.toLowerCase().includes(words));
    return [...found.filter(({ id }) => this.isStarred(id)), ...found.filter(({ id }) => !this.isStarred(id))];
  }

  /** Up and Down walk the list, with Alt they move the column; F stars it, as it stars a run in the table. */
  private press(event: KeyboardEvent): void {
    if (event.key === 'f' && !event.ctrlKey && !event.metaKey && !event.altKey) this.starAt(event);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const line = event.composedPath().find((target) => target instanceof HTMLLIElement);
    if (step === 0 || !line) return;
    event.preventDefault();
    const other = step > 0 ? line.nextElementSibling : line.previousElementSibling;
    if (!(other instanceof HTMLLIElement)) return;
    const { id } = line.dataset;
    const to = other.dataset['id'];
    if (!event.altKey) other.querySelector('input')?.focus();
    else if (id !== undefined && to !== undefined && this.isStarred(id) === this.isStarred(to))
      this.tell({ kind: 'move', column: id, to });
  }

  private starAt(event: KeyboardEvent): void {
    const line = event.composedPath().find((target) => target instanceof HTMLLIElement);
    const id = line?.dataset['id'];
    if (id !== undefined) this.tell({ kind: 'star', column: id, starred: !this.isStarred(id) });
  }

  /** A column that moves in the list loses the focus on the way. */
  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement;
    super.update(changed);
    if (focused instanceof HTMLElement && this.shadowRoot?.activeElement !== focused) focused.focus();
  }

  private tell(detail: ChooseEvent): void {
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}

function groupWords(): Readonly<Record<'metrics' | 'params' | 'tags', string>> {
  return { metrics: l10n.t('metric'), params: l10n.t('param'), tags: l10n.t('tag') };
}

customElements.define('rs-column-chooser', ColumnChooser);
