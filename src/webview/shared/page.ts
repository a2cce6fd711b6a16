import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { isCancelled, UserError } from '../../domain/errors';
import { formatDateTime } from '../../domain/format';
import type { Ref } from '../../domain/ref';
import type { Axis } from '../../domain/reduce';
import type { Action, Localized } from '../../panels/webview.messages';
import { type CommonHost, Host, type ReadLines, useSentences } from './host';
import { icon } from './icons';
import './states';
import { toggleButton } from './buttons';

/** What every page keeps over hide and reload. */
interface CommonState {
  readonly axis?: Axis;
  readonly logScale?: boolean;
  readonly folded?: Readonly<Record<string, boolean>>;
  readonly scrollTop?: number;
}

/**
 * The root element of a webview: says ready, asks for its content, draws, reads again when told. Content stays while it
 * is read again, and when that fails, with a line that says so.
 */
export abstract class Page<H extends CommonHost, S extends CommonState, C extends Localized> extends LitElement {
  static override readonly properties: Record<string, object> = {
    content: { state: true },
    error: { state: true },
    loading: { state: true },
    version: { state: true },
  };
  declare protected content: C | undefined;
  declare protected error: unknown;
  declare protected loading: boolean;
  /** Counts readings; charts compare it. */
  declare protected version: number;

  protected readonly host = new Host<H, S>();
  private reading: AbortController | undefined;
  private readAt = 0;

  protected readonly readLines: ReadLines = (request, signal) => this.host.common.request('lines', request, signal);

  constructor() {
    super();
    this.version = 0;
    this.loading = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.common.on('changed', () => void this.load());
    this.addEventListener('retry', () => void this.load());
    this.addEventListener('show-log', () => this.act('showLog'));
    window.addEventListener('scroll', () => this.save({ scrollTop: window.scrollY } as Partial<S>), { passive: true });
    void this.load();
    // The first time that is written takes 15 ms, whatever its format: it is written while the host reads.
    formatDateTime(Date.now());
  }

  /** Asks the host for everything that the page shows at first. */
  protected abstract read(signal: AbortSignal): Promise<C>;
  protected abstract renderContent(content: C): TemplateResult;

  protected override render(): TemplateResult {
    const { content, error } = this;
    return html`
      ${this.loading ? html`<rs-progress></rs-progress>` : nothing}
      ${error === undefined ? nothing : content ? this.renderStale() : html`<rs-error .error=${error}></rs-error>`}
      ${content ? this.renderContent(content) : nothing}
    `;
  }

  protected act(action: Action, refs: readonly Ref[] = []): void {
    void this.host.common.request('act', { action, refs });
  }

  protected copy(text: string): void {
    void this.host.common.request('copy', { text });
  }

  protected save(change: Partial<S>): void {
    this.host.saveState(change);
  }

  protected get axis(): Axis {
    return this.host.state.axis ?? 'step';
  }

  protected get logScale(): boolean {
    return this.host.state.logScale ?? false;
  }

  /** Step or time, linear or logarithmic. */
  protected renderScaleTools(): TemplateResult {
    const axis = (value: Axis, label: string, title: string): TemplateResult =>
      this.toggle(label, title, this.axis === value, { axis: value } as Partial<S>);
    return html`
      ${axis('step', l10n.t('Step'), l10n.t('Draw over steps'))}${axis('time', l10n.t('Time'), l10n.t('Draw over time'))}
      ${this.toggle(l10n.t('Log'), l10n.t('Logarithmic scale'), this.logScale, { logScale: !this.logScale } as Partial<S>)}
    `;
  }

  protected toggle(label: string, title: string, pressed: boolean, change: Partial<S>): TemplateResult {
    return toggleButton(label, title, pressed, () => this.change(change));
  }

  protected change(state: Partial<S>): void {
    this.save(state);
    this.requestUpdate();
  }

  /** A heading that folds what stands below it. */
  protected section(
    id: string,
    title: string,
    body: TemplateResult,
    options: { readonly count?: number | string; readonly folded?: boolean; readonly tools?: TemplateResult } = {},
  ): TemplateResult {
    const folded = this.host.state.folded?.[id] ?? options.folded ?? false;
    const flip = (): void => this.change({ folded: { ...this.host.state.folded, [id]: !folded } } as Partial<S>);
    return html`<section class="section" aria-labelledby=${`h-${id}`}>
      <div class="section-head">
        <button class="section-toggle" aria-expanded=${folded ? 'false' : 'true'} @click=${flip}>
          ${icon(folded ? 'chevron-right' : 'chevron-down')}
          <h2 id=${`h-${id}`}>${title}</h2>
        </button>
        ${options.count === undefined ? nothing : html`<span class="dimmed">${options.count}</span>`}
        ${options.tools && !folded ? html`<div class="tools">${options.tools}</div>` : nothing}
      </div>
      ${folded ? nothing : body}
    </section>`;
  }

  protected async load(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    this.loading = true;
    try {
      const content = await this.read(reading.signal);
      if (reading !== this.reading) return;
      const first = this.content === undefined;
      useSentences(content.bundle);
      this.content = content;
      this.error = undefined;
      this.readAt = Date.now();
      this.version += 1;
      if (first) void this.restoreScroll();
    } catch (error) {
      if (reading === this.reading && !isCancelled(error)) this.error = error;
    } finally {
      if (reading === this.reading) this.loading = false;
    }
  }

  private renderStale(): TemplateResult {
    const { error } = this;
    const at = new Date(this.readAt).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
    return html`<p class="dimmed" role="status">
      ${l10n.t('as of {0}', at)} · ${error instanceof UserError ? error.text : String(error)}
      <button class="link" @click=${() => void this.load()}>${l10n.t('Retry')}</button>
    </p>`;
  }

  private async restoreScroll(): Promise<void> {
    const { scrollTop } = this.host.state;
    await this.updateComplete;
    if (scrollTop) window.scrollTo({ top: scrollTop });
  }
}
