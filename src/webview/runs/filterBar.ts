import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { UserError } from '../../domain/errors';
import { filterRows, type FilterRow, fieldName, filterText, rowField } from '../../domain/filterRows';
import type { FrameKeys } from '../../domain/frame';
import { parseFilter } from '../../domain/search';
import type { Comparator, SearchField } from '../../domain/searchAst';
import { allComparatorsOf } from '../../domain/searchFields';
import { icon } from '../shared/icons';
import { baseStyles } from '../shared/styles';
import { filterStyles } from './filterStyles';

/** Names that are offered; nobody reads thousands, and any name can be typed. */
const offered = 500;
const attributes = ['status', 'run_name', 'user_id', 'start_time', 'end_time', 'run_id', 'artifact_uri'];
const newRow: FilterRow = { joiner: 'AND', name: '', comparator: '=', value: '' };

/** MLflow's filter as text and, beside it, as rows of column, operator and value. A page listens for `filter`. */
class FilterBar extends LitElement {
  static override readonly properties = {
    filter: { attribute: false },
    keys: { attribute: false },
    draft: { state: true },
    rows: { state: true },
  };
  /** That the shown rows match. */
  declare filter: string;
  declare keys: FrameKeys;
  /** As typed, where it was not sent yet. */
  declare private draft: string | undefined;
  /** Of the form, while it is open; rows that are not complete yet have no text. */
  declare private rows: readonly FilterRow[] | undefined;

  static override readonly styles = [baseStyles, filterStyles];

  protected override render(): TemplateResult {
    const error = errorOf(this.text);
    return html`
      <div class="line">
        <input
          class="filter"
          aria-label=${l10n.t('MLflow filter')}
          aria-invalid=${error ? 'true' : 'false'}
          aria-describedby=${error ? 'error' : nothing}
          placeholder=${l10n.t("MLflow filter, such as metrics.auc > 0.9 and params.depth = '3'")}
          spellcheck="false"
          .value=${this.text}
          @input=${(event: Event) => this.type(valueOf(event))}
          @change=${() => this.send()}
        />
        <button
          class="icon-button"
          title=${l10n.t('Build the filter')}
          aria-label=${l10n.t('Build the filter')}
          aria-expanded=${this.rows ? 'true' : 'false'}
          @click=${() => this.flip()}
        >
          ${icon('filter')}
        </button>
      </div>
      ${error ? this.renderError(error) : nothing} ${this.rows ? this.renderForm(this.rows) : nothing}
    `;
  }

  /** The sentence, and the text with the place marked. */
  private renderError({ text, span }: UserError): TemplateResult {
    const { text: draft } = this;
    const { start, end } = span ?? { start: draft.length, end: draft.length };
    return html`<p id="error" class="failed" role="alert">
      ${text}
      <code>${draft.slice(0, start)}<mark>${draft.slice(start, end) || '▏'}</mark>${draft.slice(end)}</code>
    </p>`;
  }

  private renderForm(rows: readonly FilterRow[]): TemplateResult {
    const shown = errorOf(this.text) ?? filterRows(parseFilter(this.text, 'runs'));
    if (shown === undefined)
      return html`<p class="dimmed">${l10n.t('A filter with NOT or parentheses is changed as text.')}</p>`;
    return html`
      <datalist id="names">${this.names.map((name) => html`<option value=${name}></option>`)}</datalist>
      <ul>
        ${rows.map((row, place) => this.renderRow(row, place))}
      </ul>
      <div class="line">
        <button class="link" @click=${() => this.take([...rows, newRow])}>${l10n.t('Add a condition')}</button>
        <button class="link" @click=${() => this.send()}>${l10n.t('Apply')}</button>
        <button class="link" @click=${() => this.clear()}>${l10n.t('Clear')}</button>
      </div>
    `;
  }

  private renderRow(row: FilterRow, place: number): TemplateResult {
    const field = rowField(row.name);
    const set = (change: Partial<FilterRow>): void =>
      this.take((this.rows ?? []).map((each, i) => (i === place ? { ...each, ...change } : each)));
    const comparators = field ? allComparatorsOf(field, 'runs') : [row.comparator];
    const hasValue = !row.comparator.startsWith('IS');
    return html`<li>
      ${
        place === 0
          ? html`<span class="joiner">${l10n.t('where')}</span>`
          : select(l10n.t('Joined by'), ['AND', 'OR'], row.joiner, (joiner) =>
              set({ joiner: joiner as FilterRow['joiner'] }),
            )
      }
      <input
        class="name"
        list="names"
        aria-label=${l10n.t('Column')}
        placeholder=${l10n.t('column')}
        .value=${row.name}
        @input=${(event: Event) => set(renamed(row, valueOf(event).trim()))}
      />
      ${select(l10n.t('Operator'), comparators, row.comparator, (comparator) =>
        set({ comparator: comparator as Comparator }),
      )}
      ${
        hasValue
          ? html`<input
              aria-label=${l10n.t('Value')}
              placeholder=${row.comparator.endsWith('IN') ? l10n.t('value, value') : l10n.t('value')}
              .value=${row.value}
              @input=${(event: Event) => set({ value: valueOf(event) })}
              @keydown=${(event: KeyboardEvent) => (event.key === 'Enter' ? this.send() : undefined)}
            />`
          : nothing
      }
      <button
        class="icon-button"
        aria-label=${l10n.t('Remove this condition')}
        title=${l10n.t('Remove this condition')}
        @click=${() => this.take((this.rows ?? []).filter((_, i) => i !== place))}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  private get text(): string {
    return this.draft ?? this.filter;
  }

  private get names(): readonly string[] {
    const { metrics, params, tags } = this.keys;
    const named = (kind: SearchField['kind'], keys: readonly string[]): string[] =>
      keys.slice(0, offered).map((key) => fieldName({ kind, key }));
    return [...named('metric', metrics), ...named('param', params), ...attributes, ...named('tag', tags)];
  }

  private type(draft: string): void {
    this.draft = draft;
    if (this.rows) this.rows = rowsOf(draft) ?? this.rows;
  }

  private take(rows: readonly FilterRow[]): void {
    this.rows = rows;
    this.draft = filterText(rows);
  }

  private flip(): void {
    this.rows = this.rows ? undefined : (rowsOf(this.text) ?? [newRow]);
    if (this.rows?.length === 0) this.rows = [newRow];
  }

  private clear(): void {
    this.take([newRow]);
    this.send();
  }

  /** What cannot be read is not sent: the error says where. */
  private send(): void {
    if (errorOf(this.text)) return;
    this.dispatchEvent(new CustomEvent('filter', { detail: this.text.trim() }));
    this.draft = undefined;
    this.filter = this.text.trim();
  }
}

/** The operator stays where the new column knows it. */
function renamed(row: FilterRow, name: string): Partial<FilterRow> {
  const field = rowField(name);
  const known = field && allComparatorsOf(field, 'runs');
  return { name, comparator: !known || known.includes(row.comparator) ? row.comparator : (known[0] ?? '=') };
}

function select(
  label: string,
  values: readonly string[],
  chosen: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`<select aria-label=${label} @change=${(event: Event) => choose(valueOf(event))}>
    ${values.map((value) => html`<option ?selected=${value === chosen}>${value}</option>`)}
  </select>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

function rowsOf(text: string): readonly FilterRow[] | undefined {
  return errorOf(text) ? undefined : filterRows(parseFilter(text, 'runs'));
}

function errorOf(text: string): UserError | undefined {
  try {
    parseFilter(text, 'runs');
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

customElements.define('rs-filter-bar', FilterBar);
