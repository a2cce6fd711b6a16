import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled } from '../../domain/errors';
import { formatBytes } from '../../domain/format';
import type { Preview } from '../../domain/preview';
import type { ArtifactAction, ArtifactPlace } from '../../panels/details.messages';
import { icon, type IconName } from '../shared/icons';
import '../shared/states';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';
import './markdownText';
import { modelSummary, modelStyles } from './modelSummary';
import { textTable, textTableStyles } from './textTable';

export type ReadPreview = (place: ArtifactPlace, signal: AbortSignal) => Promise<Preview>;

/** What one artifact holds: read when it is chosen, and again when the page is. */
class ArtifactPreview extends LitElement {
  static override readonly properties = {
    place: { attribute: false },
    version: { attribute: false },
    read: { attribute: false },
    act: { attribute: false },
    canReveal: { attribute: false },
    shown: { state: true },
    error: { state: true },
    asText: { state: true },
  };
  declare place: ArtifactPlace;
  declare version: number;
  declare read: ReadPreview;
  declare act: (place: ArtifactPlace & { readonly action: ArtifactAction }) => void;
  declare canReveal: boolean;
  /** With the path that it is of: until the next one is read, the one before stays. */
  declare private shown: { readonly path: string; readonly preview: Preview; readonly url?: string } | undefined;
  declare private error: unknown;
  /** A rendered artifact as its text. */
  declare private asText: boolean;
  private reading: AbortController | undefined;

  static override readonly styles = [
    baseStyles,
    textTableStyles,
    modelStyles,
    css`
      :host {
        display: block;
        border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
        border-radius: 4px;
      }
      .head {
        display: flex;
        gap: 4px;
        align-items: center;
        min-height: 28px;
        padding: 2px 4px 2px 8px;
        border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
      }
      h3 {
        flex: 1 1 auto;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .notice {
        padding: 4px 8px;
      }
      .body {
        max-height: 70vh;
        padding: 8px;
        overflow: auto;
      }
      pre {
        margin: 0;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      img {
        display: block;
        max-width: 100%;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.reading?.abort();
    this.show(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('place')) this.asText = false;
    if (changed.has('place') || changed.has('version')) void this.load();
  }

  protected override render(): TemplateResult {
    const { place, shown, error } = this;
    const name = place.path.slice(place.path.lastIndexOf('/') + 1);
    const preview = shown?.path === place.path ? shown.preview : undefined;
    return html`
      <div class="head">
        <h3 title=${place.path}><bdi>${name}</bdi></h3>
        <span class="dimmed">${preview?.size === undefined ? '' : formatBytes(preview.size)}</span>
        ${preview?.kind === 'markdown' || preview?.kind === 'model' ? this.renderTextToggle() : nothing}
        ${preview?.kind === 'html' ? this.action('link-external', l10n.t('Open as page'), 'openHtml') : nothing}
        ${this.action('go-to-file', l10n.t('Open in an editor'), 'openArtifact')}
        ${this.action('cloud-download', l10n.t('Download…'), 'download')}
        ${this.button('close', l10n.t('Close preview'), () => this.dispatchEvent(new CustomEvent('close')))}
      </div>
      ${error === undefined ? this.renderPreview(preview) : html`<div class="body">${this.renderError(error)}</div>`}
    `;
  }

  private renderPreview(preview: Preview | undefined): TemplateResult | typeof nothing {
    if (!preview) return nothing;
    const { head, size } = preview;
    return html`
      ${
        head === undefined || preview.kind === 'tooLarge'
          ? nothing
          : html`<p class="notice dimmed" role="status">${cutWords(head, size)}</p>`
      }
      <div class="body" tabindex="0">${this.renderBody(preview)}</div>
    `;
  }

  private renderBody(preview: Preview): TemplateResult {
    switch (preview.kind) {
      case 'markdown':
        return this.asText
          ? html`<pre class="mono">${preview.text}</pre>`
          : html`<rs-markdown .text=${preview.text}></rs-markdown>`;
      case 'model':
        return this.asText ? html`<pre class="mono">${preview.text}</pre>` : modelSummary(preview.model);
      case 'text':
      case 'html':
        return preview.text === ''
          ? emptyWords(l10n.t('This file is empty.'))
          : html`<pre class="mono">${preview.text}</pre>`;
      case 'table':
        return textTable(preview.table);
      case 'image':
        return html`<img src=${this.shown?.url ?? ''} alt=${this.place.path} @error=${() => this.refuseImage()} />`;
      case 'binary':
        return emptyWords(l10n.t('This file is not text: open or download it.'));
      case 'tooLarge':
        return emptyWords(l10n.t('This image is larger than ringside.artifacts.previewLimit: download it.'));
    }
  }

  private renderError(error: unknown): TemplateResult {
    return html`<rs-error small .error=${error} @retry=${(event: Event) => this.retry(event)}></rs-error>`;
  }

  private renderTextToggle(): TemplateResult {
    return html`<button
      class="toggle"
      aria-pressed=${this.asText ? 'true' : 'false'}
      @click=${() => (this.asText = !this.asText)}
    >
      ${l10n.t('Text')}
    </button>`;
  }

  private action(name: IconName, label: string, action: ArtifactAction): TemplateResult {
    return this.button(name, label, () => this.act({ action, ...this.place }));
  }

  private button(name: IconName, label: string, act: () => void): TemplateResult {
    return html`<button class="icon-button" title=${label} aria-label=${label} @click=${act}>${icon(name)}</button>`;
  }

  /** Only the preview is read again, not the page. */
  private retry(event: Event): void {
    event.stopPropagation();
    void this.load();
  }

  private refuseImage(): void {
    this.show({ kind: 'binary' });
  }

  private async load(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    try {
      const preview = await this.read(this.place, reading.signal);
      if (reading !== this.reading) return;
      this.error = undefined;
      this.show(preview);
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.error = error;
    }
  }

  /** An image's bytes get an address for as long as they are shown. */
  private show(preview: Preview | undefined): void {
    if (this.shown?.url) URL.revokeObjectURL(this.shown.url);
    const isImage = preview?.kind === 'image';
    const url = isImage ? URL.createObjectURL(new Blob([preview.bytes], { type: preview.type })) : undefined;
    this.shown = preview && { path: this.place.path, preview, ...(url !== undefined && { url }) };
  }
}

function cutWords(head: number, size: number | undefined): string {
  return size === undefined
    ? l10n.t('The first {0}: open or download it for the whole.', formatBytes(head))
    : l10n.t('The first {0} of {1}: open or download it for the whole.', formatBytes(head), formatBytes(size));
}

customElements.define('rs-artifact-preview', ArtifactPreview);
