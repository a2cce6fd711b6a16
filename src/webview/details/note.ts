import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons';
import '../shared/states';
import { baseStyles } from '../shared/styles';
import './markdownText';

/** What a text was when it was opened, and what it is to be. */
export interface NoteEdit {
  readonly from: string;
  readonly to: string;
}

/** A note or description: read as Markdown, edited in place. A draft lives until it is saved or given up. */
class Note extends LitElement {
  static override readonly properties = {
    text: { attribute: false },
    editable: { type: Boolean },
    draft: { attribute: false },
    write: { attribute: false },
    writing: { state: true },
    error: { state: true },
  };
  declare text: string;
  declare editable: boolean;
  /** What is being written; absent where nobody edits. */
  declare draft: NoteEdit | undefined;
  declare write: (edit: NoteEdit) => Promise<void>;
  declare private writing: boolean;
  declare private error: unknown;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        margin-top: 8px;
      }
      .read {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        padding-inline-start: 12px;
        border-inline-start: 2px solid var(--vscode-textBlockQuote-border);
      }
      rs-markdown {
        min-width: 0;
      }
      textarea {
        display: block;
        width: 100%;
        max-width: 90ch;
        min-height: 120px;
        padding: 6px;
        font-family: var(--vscode-editor-font-family);
        font-size: inherit;
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, var(--vscode-editorWidget-border));
        border-radius: 2px;
        field-sizing: content;
      }
      .tools {
        display: flex;
        gap: 12px;
        align-items: center;
        margin-top: 8px;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    if (this.draft && this.editable) return this.renderEditor(this.draft);
    const edit = l10n.t('Edit note');
    if (this.text === '') {
      if (!this.editable) return nothing;
      return html`<button class="link" @click=${() => this.begin()}>${l10n.t('Add a note')}</button>`;
    }
    return html`<div class="read">
      <rs-markdown .text=${this.text}></rs-markdown>
      ${
        this.editable
          ? html`<button class="icon-button" title=${edit} aria-label=${edit} @click=${() => this.begin()}>
              ${icon('edit')}
            </button>`
          : nothing
      }
    </div>`;
  }

  private renderEditor({ from, to }: NoteEdit): TemplateResult {
    return html`
      <textarea
        aria-label=${l10n.t('Note, in Markdown')}
        .value=${to}
        @input=${(event: InputEvent) => this.keep({ from, to: (event.target as HTMLTextAreaElement).value })}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
      ></textarea>
      ${
        from === this.text
          ? nothing
          : html`<p role="status">
              ${icon('warning', 'warned')}
              ${l10n.t('The note was changed elsewhere meanwhile: saving is refused. Copy yours, then cancel to see it.')}
            </p>`
      }
      ${this.error === undefined ? nothing : html`<rs-error small .error=${this.error} @retry=${this.onRetry}></rs-error>`}
      <div class="tools">
        <vscode-button ?disabled=${this.writing || to === from} @click=${() => void this.save()}
          >${l10n.t('Save')}</vscode-button
        >
        <button class="link" @click=${() => this.keep(undefined)}>${l10n.t('Cancel')}</button>
        <span class="dimmed">${l10n.t('Markdown · Ctrl+Enter saves')}</span>
      </div>
    `;
  }

  private begin(): void {
    this.keep({ from: this.text, to: this.text });
    void this.updateComplete.then(() => this.renderRoot.querySelector('textarea')?.focus());
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.save();
    // What was written is given up by the button alone.
    if (event.key === 'Escape' && this.draft?.from === this.draft?.to) this.keep(undefined);
  }

  private readonly onRetry = (event: Event): void => {
    event.stopPropagation();
    void this.save();
  };

  private keep(draft: NoteEdit | undefined): void {
    this.error = undefined;
    this.draft = draft;
    this.dispatchEvent(new CustomEvent('draft', { detail: draft }));
  }

  private async save(): Promise<void> {
    const { draft } = this;
    if (!draft || this.writing) return;
    this.writing = true;
    try {
      await this.write(draft);
      this.text = draft.to;
      this.keep(undefined);
    } catch (error) {
      this.error = error;
    } finally {
      this.writing = false;
    }
  }
}

customElements.define('rs-note', Note);
