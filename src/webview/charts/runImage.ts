import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled } from '../../domain/errors';
import { tellNear } from '../shared/observed';
import { emptyWords } from '../shared/states';
import type { ChartSource } from './source';

/** One image of a run, through a canvas: the page's policy lets no image be loaded. */
class RunImage extends LitElement {
  static override readonly properties = {
    source: { attribute: false },
    row: { attribute: false },
    label: { attribute: false },
    path: { attribute: false },
    near: { state: true },
    failure: { state: true },
    isImage: { state: true },
  };
  declare source: ChartSource;
  declare row: number;
  declare label: string;
  declare path: string;
  /** Near what is seen: others hold no pixels. */
  declare private near: boolean;
  /** Why it could not be read. */
  declare private failure: unknown;
  /** False where what was read is none. */
  declare private isImage: boolean;
  private reading: AbortController | undefined;

  constructor() {
    super();
    tellNear(this, 400, (near) => this.see(near));
  }

  /** Among the grid's own, whose styles count here. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Keeps its height: what is below stays where it is. */
  private see(near: boolean): void {
    if (!near) {
      this.reading?.abort();
      if (this.near) this.style.minHeight = `${this.offsetHeight}px`;
    }
    this.near = near;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!isAnother(changed)) return;
    this.failure = undefined;
    this.isImage = true;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.near && (isAnother(changed) || changed.has('near'))) void this.draw();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.near) return nothing;
    const { failure, label, path } = this;
    if (failure !== undefined)
      return html`<rs-error small .error=${failure} @retry=${(event: Event) => this.retry(event)}></rs-error>`;
    if (!this.isImage) return emptyWords(l10n.t('{0} is no image that can be shown', path));
    return html`<canvas role="img" aria-label=${`${label}: ${path}`}></canvas>`;
  }

  /** The page itself need not be read again. */
  private async retry(event: Event): Promise<void> {
    event.stopPropagation();
    this.failure = undefined;
    await this.updateComplete;
    await this.draw();
  }

  private async draw(): Promise<void> {
    this.reading?.abort();
    const { signal } = (this.reading = new AbortController());
    try {
      const image = await readImage(this.source, this.row, this.path, signal);
      if (signal.aborted) return;
      this.isImage = image !== undefined;
      if (image) this.show(image);
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.failure = error;
    }
  }

  private show(image: ImageBitmap): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) return;
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    image.close();
    this.style.minHeight = '';
  }
}

/** Nothing where it is none. */
export async function readImage(
  source: ChartSource,
  row: number,
  path: string,
  signal: AbortSignal,
): Promise<ImageBitmap | undefined> {
  const bytes = await source.image(row, path, signal);
  return createImageBitmap(new Blob([new Uint8Array(bytes)])).catch(() => undefined);
}

/** What is logged stays as it is: a table that was read again, and so another source, is no other image. */
function isAnother(changed: PropertyValues): boolean {
  return changed.has('path') || changed.has('row') || changed.has('label');
}

customElements.define('rs-run-image', RunImage);
