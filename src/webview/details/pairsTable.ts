import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { KeyValue } from '../../domain/experiment';
import type { TagAction } from '../../panels/details.messages';
import { icon } from '../shared/icons';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';

/** A value longer than this is shown by its start until it is opened. */
const shownLength = 300;

/** What a row of tags asks its page to do. */
export interface TagEdit {
  readonly action: TagAction;
  readonly pair: KeyValue;
}

/** Params or tags by key, those that hold the filter in key or value; tags with their actions where they can be written. */
class PairsTable extends LitElement {
  static override readonly properties = {
    pairs: { attribute: false },
    filter: { attribute: false },
    empty: { attribute: false },
    editable: { type: Boolean },
    opened: { state: true },
  };
  declare pairs: readonly KeyValue[];
  declare filter: string;
  /** What is said where there are none. */
  declare empty: string;
  declare editable: boolean;
  /** Keys whose long value is shown whole. */
  declare private opened: ReadonlySet<string>;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      table {
        table-layout: fixed;
      }
      th {
        width: 40%;
        color: var(--vscode-descriptionForeground);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      th,
      td {
        line-height: 18px;
        padding-block: 2px;
      }
      .value {
        display: flex;
        gap: 4px;
      }
      .value > span {
        flex: 1 1 auto;
        min-width: 0;
      }
      .icon-button {
        padding: 1px;
        height: 18px;
        opacity: 0;
      }
      tr:hover .icon-button,
      tr:focus-within .icon-button {
        opacity: 1;
      }
      @media (hover: none) {
        .icon-button {
          opacity: 1;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.filter = '';
    this.opened = new Set();
  }

  protected override render(): TemplateResult {
    if (this.pairs.length === 0) return emptyWords(this.empty);
    const part = this.filter.toLowerCase();
    const shown = this.pairs.filter((pair) => `${pair.key}\n${pair.value}`.toLowerCase().includes(part));
    if (shown.length === 0) return emptyWords(l10n.t('None of {0} has this in its name or value.', this.pairs.length));
    return html`<table>
      <tbody>
        ${shown.sort((a, b) => (a.key < b.key ? -1 : 1)).map((pair) => this.renderRow(pair))}
      </tbody>
    </table>`;
  }

  private renderRow(pair: KeyValue): TemplateResult {
    const { key, value } = pair;
    return html`<tr>
      <th scope="row"><bdi>${key}</bdi></th>
      <td>
        <div class="value">
          <span class="text"><bdi>${this.shownValue(pair)}</bdi>${this.renderMore(pair)}</span>
          ${this.action('copy', l10n.t('Copy value of {0}', key), () => this.tell('copy', value))}
          ${
            this.editable
              ? html`${this.action('edit', l10n.t('Edit tag {0}', key), () => this.tell('edit', edit('setTag', pair)))}
                ${this.action('trash', l10n.t('Delete tag {0}', key), () => this.tell('edit', edit('deleteTag', pair)))}`
              : nothing
          }
        </div>
      </td>
    </tr>`;
  }

  private shownValue({ key, value }: KeyValue): string {
    return value.length > shownLength && !this.opened.has(key) ? `${start(value)}…` : value;
  }

  private renderMore({ key, value }: KeyValue): TemplateResult | typeof nothing {
    if (value.length <= shownLength) return nothing;
    const open = this.opened.has(key);
    const flip = (): void => {
      const next = new Set(this.opened);
      if (!next.delete(key)) next.add(key);
      this.opened = next;
    };
    return html` <button class="link" aria-expanded=${open ? 'true' : 'false'} @click=${flip}>
      ${open ? l10n.t('Show less') : l10n.t('Show all {0} characters', value.length)}
    </button>`;
  }

  private action(name: 'copy' | 'edit' | 'trash', label: string, act: () => void): TemplateResult {
    return html`<button class="icon-button" title=${label} aria-label=${label} @click=${act}>${icon(name)}</button>`;
  }

  private tell(name: 'copy' | 'edit', detail: string | TagEdit): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Not through the middle of a character. */
function start(value: string): string {
  return value.slice(0, shownLength).replace(/[\uD800-\uDBFF]$/, '');
}

function edit(action: TagEdit['action'], pair: KeyValue): TagEdit {
  return { action, pair };
}

customElements.define('rs-pairs', PairsTable);
