import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { tellSize } from '../shared/observed';
import { baseStyles } from '../shared/styles';
import { onThemeChange, readTheme, seriesClass, type Theme } from '../shared/theme';
import type { Size } from './axes';
import { type LegendName, withLegend } from './legend';
import type { Pen } from './pen';
import { pngOf, svgOf } from './picture';
import type { PlotTable } from './plotTable';
import { plotStyles } from './plotStyles';

/** What a chart says at one place: shown beside the pointer, spoken at the keyboard's cursor. */
export interface Tip {
  readonly title: string;
  readonly lines: readonly { readonly series?: number; readonly value: string; readonly label: string }[];
  /** The pointer is in the left half: words stand at the right. */
  readonly onLeft: boolean;
}

/**
 * A chart on two canvases: what is drawn when the data change, and what follows the pointer. A subclass draws, tells
 * what stands at a place, and moves its keyboard cursor.
 */
export abstract class Plot extends LitElement {
  static override readonly properties: Record<string, object> = {
    highlighted: { attribute: false },
    tip: { state: true },
    spoken: { state: true },
  };
  static override readonly styles = [baseStyles, plotStyles];
  /** Row of the run that is pointed at here, in another chart or in the table. */
  declare highlighted: number | undefined;
  declare protected tip: Tip | undefined;
  declare private spoken: boolean;

  protected theme: Theme | undefined;
  private themeChanges: { dispose(): void } | undefined;
  private drawnSize: Size = { width: 0, height: 0 };

  /** Properties that change only what is drawn above the data. */
  protected readonly light: readonly string[] = ['highlighted', 'tip', 'spoken'];

  /** What the chart says to who cannot see it. */
  abstract get summary(): string;
  abstract table(): PlotTable;
  protected abstract paint(pen: Pen, size: Size, theme: Theme): void;
  protected abstract paintOver(pen: Pen, size: Size, theme: Theme): void;
  /** px from the top left; nothing when the pointer leaves. */
  protected abstract point(at: { readonly x: number; readonly y: number } | undefined): void;
  /** Moves the cursor; false where the key is none of the chart's. */
  protected abstract press(key: string): boolean;

  constructor() {
    super();
    tellSize(this, () => this.resized());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.themeChanges = onThemeChange(() => {
      this.theme = undefined;
      this.draw();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.themeChanges?.dispose();
  }

  protected override render(): TemplateResult {
    return html`<div
        class="frame"
        role="img"
        tabindex="0"
        aria-label=${this.summary}
        @pointermove=${(event: PointerEvent) => this.moved(event)}
        @pointerleave=${() => this.left()}
        @keydown=${(event: KeyboardEvent) => this.keyed(event)}
        @blur=${() => this.left()}
      >
        <canvas></canvas><canvas class="over"></canvas>
      </div>
      ${this.tip ? this.renderTip(this.tip) : nothing}
      <div class="visually-hidden" role="status">${this.spoken && this.tip ? tipWords(this.tip) : ''}</div>`;
  }

  private renderTip({ title, lines, onLeft }: Tip): TemplateResult {
    return html`<div class="tip ${onLeft ? 'right' : 'left'}" aria-hidden="true">
      <div class="dimmed">${title}</div>
      ${lines.map(
        ({ series, value, label }) =>
          html`<div>
            ${series === undefined ? nothing : html`<span class="swatch ${seriesClass(series)}"></span>`}<b>${value}</b
            ><bdi>${label}</bdi>
          </div>`,
      )}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if ([...changed.keys()].some((name) => !this.light.includes(String(name)))) this.draw();
    else this.drawOver();
  }

  protected get size(): Size {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  /** An observer also tells the size that there was from the start. */
  protected resized(): void {
    const { width, height } = this.size;
    if (width !== this.drawnSize.width || height !== this.drawnSize.height) this.draw();
  }

  /** Draws all anew. */
  protected draw(): void {
    const [canvas] = this.canvases;
    if (!canvas || this.clientWidth === 0) return;
    this.drawnSize = this.size;
    const pen = penOf(canvas, this.size);
    this.theme ??= readTheme();
    if (pen) this.paint(pen, this.size, this.theme);
    this.drawOver();
  }

  protected drawOver(): void {
    const [, canvas] = this.canvases;
    if (!canvas || !this.theme || this.clientWidth === 0) return;
    const pen = penOf(canvas, this.size);
    if (pen) this.paintOver(pen, this.size, this.theme);
  }

  private get canvases(): readonly HTMLCanvasElement[] {
    return [...this.renderRoot.querySelectorAll('canvas')];
  }

  /** Whose names stand under an exported picture. */
  protected get legend(): readonly LegendName[] {
    return [];
  }

  svg(title: string): string {
    const { size, paint } = this.picture();
    const text = svgOf(size, title, paint);
    this.draw();
    return text;
  }

  png(): Promise<Uint8Array> {
    const { size, paint } = this.picture();
    const bytes = pngOf(size, paint);
    this.draw();
    return bytes;
  }

  /** Where the page has no room for all that is drawn, a file has; a chart is drawn anew after that. */
  protected get pictureSize(): Size {
    return this.size;
  }

  private picture(): ReturnType<typeof withLegend> {
    const theme = this.theme ?? readTheme();
    const size = this.pictureSize;
    return withLegend(size, this.legend, (pen) => this.paint(pen, size, theme), theme);
  }

  protected highlight(row: number | undefined): void {
    if (row === this.highlighted) return;
    this.dispatchEvent(new CustomEvent('highlight', { detail: row, bubbles: true, composed: true }));
  }

  protected openRun(row: number): void {
    this.dispatchEvent(new CustomEvent('open-run', { detail: row, bubbles: true, composed: true }));
  }

  private moved(event: PointerEvent): void {
    const { left, top } = this.getBoundingClientRect();
    this.spoken = false;
    this.point({ x: event.clientX - left, y: event.clientY - top });
  }

  private left(): void {
    this.spoken = false;
    this.point(undefined);
  }

  private keyed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.tip) this.left();
    else if (this.press(event.key)) this.spoken = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** A context in CSS px, cleared. */
function penOf(canvas: HTMLCanvasElement, { width, height }: Size): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size clears too, and is slower.
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const pen = canvas.getContext('2d');
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}

function tipWords({ title, lines }: Tip): string {
  return [title, ...lines.map(({ label, value }) => `${label}: ${value}`)].join('. ');
}

/** Where an arrow key leads among `count` places; nothing for other keys. */
export function steppedTo(key: string, from: number | undefined, count: number): number | undefined {
  const last = count - 1;
  if (last < 0) return undefined;
  const to = {
    ArrowRight: (from ?? -1) + 1,
    ArrowLeft: (from ?? last + 1) - 1,
    PageDown: (from ?? -1) + 10,
    PageUp: (from ?? last + 1) - 10,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}
