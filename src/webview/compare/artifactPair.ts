import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled } from '../../domain/errors';
import type { Preview } from '../../domain/preview';
import { diffTables } from '../../domain/tableDiff';
import '../shared/states';
import { baseStyles } from '../shared/styles';
import { tableDiff, tableDiffStyles } from './tableDiff';

const modes = ['side', 'swipe', 'difference'] as const;
type Mode = (typeof modes)[number];

/** Two images or two tables of one path, against each other. */
class ArtifactPairElement extends LitElement {
  static override readonly properties = {
    path: { attribute: false },
    names: { attribute: false },
    read: { attribute: false },
    shown: { state: true },
    error: { state: true },
    mode: { state: true },
  };
  declare path: string;
  declare names: readonly string[];
  /** The baseline's first. */
  declare read: (path: string, signal: AbortSignal) => Promise<readonly Preview[]>;
  declare private shown: { readonly previews: readonly Preview[]; readonly urls: readonly string[] } | undefined;
  declare private error: unknown;
  declare private mode: Mode;
  private reading: AbortController | undefined;

  static override readonly styles = [
    baseStyles,
    tableDiffStyles,
    css`
      :host {
        display: block;
        margin: 4px 0 12px 20px;
      }
      .modes {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: center;
        margin-bottom: 4px;
      }
      .side {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
        gap: 8px;
        margin: 0;
      }
      figure {
        margin: 0;
        min-width: 0;
      }
      img {
        display: block;
        max-width: 100%;
      }
      .over {
        position: relative;
        display: inline-block;
        max-width: 100%;
        isolation: isolate;
      }
      .over img + img {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      .swipe img + img {
        clip-path: inset(0 0 0 var(--at, 50%));
      }
      .difference img + img {
        mix-blend-mode: difference;
      }
      input[type='range'] {
        width: min(240px, 100%);
        accent-color: var(--vscode-focusBorder);
      }
    `,
  ];

  constructor() {
    super();
    this.mode = 'side';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.reading?.abort();
    this.show(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('path')) void this.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.error !== undefined) {
      return html`<rs-error .error=${this.error} small @retry=${(event: Event) => this.retry(event)}></rs-error>`;
    }
    const [base, other] = this.shown?.previews ?? [];
    if (!base || !other) return nothing;
    if (base.kind === 'image' && other.kind === 'image') return this.renderImages(this.shown?.urls ?? []);
    if (base.kind === 'table' && other.kind === 'table') {
      return html`<div class="scroll">${tableDiff(diffTables(base.table, other.table))}</div>`;
    }
    return html`<p class="dimmed">
      ${l10n.t('These two cannot be shown here: too large, or not what their name says.')}
    </p>`;
  }

  private renderImages(urls: readonly string[]): TemplateResult {
    const images = urls.map((url, i) => html`<img src=${url} alt=${`${this.names[i] ?? ''}: ${this.path}`} />`);
    const labels: Record<Mode, string> = {
      side: l10n.t('Side by side'),
      swipe: l10n.t('Swipe'),
      difference: l10n.t('Difference'),
    };
    return html`
      <div class="modes">
        ${modes.map(
          (mode) =>
            html`<button class="toggle" aria-pressed=${this.mode === mode} @click=${() => (this.mode = mode)}>
              ${labels[mode]}
            </button>`,
        )}
        ${this.mode === 'swipe' ? this.renderSlider() : nothing}
        ${
          this.mode === 'difference'
            ? html`<span class="dimmed">${l10n.t('What is the same is black.')}</span>`
            : nothing
        }
      </div>
      ${
        this.mode === 'side'
          ? html`<div class="side">
              ${images.map(
                (image, i) =>
                  html`<figure>
                    <figcaption class="dimmed">${this.names[i]}</figcaption>
                    ${image}
                  </figure>`,
              )}
            </div>`
          : html`<div class="over ${this.mode}">${images}</div>`
      }
    `;
  }

  private renderSlider(): TemplateResult {
    const move = (event: Event): void => {
      const over = this.renderRoot.querySelector<HTMLElement>('.over');
      over?.style.setProperty('--at', `${(event.target as HTMLInputElement).value}%`);
    };
    const label = l10n.t('{0} left of here, {1} right of it', this.names[0] ?? '', this.names[1] ?? '');
    return html`<input type="range" min="0" max="100" value="50" aria-label=${label} title=${label} @input=${move} />`;
  }

  private async load(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    try {
      const previews = await this.read(this.path, reading.signal);
      if (reading !== this.reading) return;
      this.error = undefined;
      this.show(previews);
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.error = error;
    }
  }

  private show(previews: readonly Preview[] | undefined): void {
    for (const url of this.shown?.urls ?? []) URL.revokeObjectURL(url);
    const urls = previews?.map((each) =>
      each.kind === 'image' ? URL.createObjectURL(new Blob([each.bytes], { type: each.type })) : '',
    );
    this.shown = previews && { previews, urls: urls ?? [] };
  }

  private retry(event: Event): void {
    event.stopPropagation();
    void this.load();
  }
}

customElements.define('rs-artifact-pair', ArtifactPairElement);
