import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isCancelled } from '../../domain/errors';
import { imageAt, imageSeries, type ImageSeries, stepOf } from '../../domain/imageSteps';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';
import { seriesClass } from '../shared/theme';
import { gridPicture } from './gridPicture';
import { pngOf } from './picture';
import type { PlotTable } from './plotTable';
import { readImage } from './runImage';
import type { ChartRun, ChartSource } from './source';

/** Runs whose images are listed at first, and more at each request: a server is asked for each run. */
const firstRuns = 24;

interface ChosenImage {
  readonly all: readonly ImageSeries[];
  readonly series: ImageSeries;
  /** Among its steps. */
  readonly place: number;
  readonly step: number;
}

/** One image of each run in colour, over the steps at which it was logged. */
export class ImageGrid extends LitElement {
  static override readonly properties = {
    runs: { attribute: false },
    source: { attribute: false },
    paths: { state: true },
    most: { state: true },
    chosen: { state: true },
    place: { state: true },
    failure: { state: true },
  };
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        height: 100%;
        overflow: auto;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
        margin-bottom: 8px;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
        gap: 8px;
      }
      figure {
        margin: 0;
        min-width: 0;
      }
      figcaption {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      input[type='range'] {
        accent-color: var(--vscode-focusBorder);
      }
      rs-run-image {
        display: block;
        min-height: 60px;
      }
      canvas {
        width: 100%;
        /* With the field above it and the name of its run below. */
        max-height: clamp(100px, calc(var(--rs-chart-height, 190px) - 68px), 240px);
        object-fit: contain;
      }
    `,
  ];
  declare runs: readonly ChartRun[];
  declare source: ChartSource;
  /** Of the images that a run logged, by its row. */
  declare private paths: ReadonlyMap<number, readonly string[]> | undefined;
  /** Runs that are shown. */
  declare private most: number;
  declare private chosen: string | undefined;
  /** Among the steps of the chosen series; the last one while nobody moved it. */
  declare private place: number | undefined;
  declare private failure: unknown;
  private reading = new AbortController();

  constructor() {
    super();
    this.most = firstRuns;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source')) void this.list();
    else if (changed.has('runs')) void this.list(this.paths);
  }

  private get shown(): readonly ChartRun[] {
    return this.runs.slice(0, this.most);
  }

  private pathsOf({ row }: ChartRun): readonly string[] {
    return this.paths?.get(row) ?? [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.reading.abort();
  }

  /** Every image of every run that is shown. */
  table(): PlotTable {
    return {
      head: [l10n.t('Run'), l10n.t('Step'), l10n.t('Path')],
      rows: this.shown.flatMap((run) =>
        this.pathsOf(run).map((path) => {
          const { step } = stepOf(path);
          return [run.label, step < 0 ? '' : step, path];
        }),
      ),
    };
  }

  /** The grid as it is shown, each image with the name of its run; those out of sight are read anew. */
  async png(): Promise<Uint8Array> {
    const { signal } = new AbortController();
    const images = await Promise.all(
      this.shown.map(async (run) => ({ ...run, image: await this.imageOf(run, signal) })),
    );
    const picture = gridPicture(images);
    return pngOf(picture.size, picture.paint);
  }

  /** Nothing where it cannot be read: the picture says so of that run alone. */
  private async imageOf(run: ChartRun, signal: AbortSignal): Promise<ImageBitmap | undefined> {
    const path = this.pathOf(run);
    if (path === undefined) return undefined;
    return readImage(this.source, run.row, path, signal).catch(() => undefined);
  }

  /** What is shown of a run: of the chosen series the image at the chosen step. */
  private pathOf(run: ChartRun): string | undefined {
    const { series, step } = this.chosenImage ?? {};
    return series && step !== undefined ? imageAt(this.pathsOf(run), series.name, step) : undefined;
  }

  private get chosenImage(): ChosenImage | undefined {
    const all = imageSeries([...(this.paths?.values() ?? [])].flat());
    const series = all.find(({ name }) => name === this.chosen) ?? all[0];
    if (!series) return undefined;
    const place = Math.min(this.place ?? series.steps.length - 1, series.steps.length - 1);
    return { all, series, place, step: series.steps[place] ?? 0 };
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.failure !== undefined)
      return html`<rs-error small .error=${this.failure} @retry=${() => this.list()}></rs-error>`;
    if (!this.paths) return nothing;
    const chosen = this.chosenImage;
    const none = this.runs.length === 0 ? l10n.t('No run is chosen') : l10n.t('These runs logged no images.');
    if (!chosen) return html`${emptyWords(none)}${this.renderMore()}`;
    const { all, series, place, step } = chosen;
    return html`<div class="tools">
        ${this.renderSeries(all, series)} ${series.steps.length < 2 ? nothing : this.renderSteps(series.steps, place)}
      </div>
      <div class="grid">
        ${repeat(
          this.shown,
          ({ row }) => row,
          (run) => this.renderImage(run, imageAt(this.pathsOf(run), series.name, step)),
        )}
      </div>
      ${this.renderMore()}`;
  }

  private renderMore(): TemplateResult | typeof nothing {
    const { length } = this.runs;
    if (length <= this.most) return nothing;
    return html`<p class="dimmed">
      ${l10n.t('The first {0} of {1} runs', this.most, length)}
      <button class="link" @click=${() => this.showMore()}>${l10n.t('Show more')}</button>
    </p>`;
  }

  private showMore(): void {
    this.most += firstRuns;
    void this.list(this.paths);
  }

  private renderSeries(all: readonly ImageSeries[], chosen: ImageSeries): TemplateResult {
    return html`<label
      >${l10n.t('Image')}
      <select @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}>
        ${all.map(({ name }) => html`<option value=${name} ?selected=${name === chosen.name}>${name}</option>`)}
      </select></label
    >`;
  }

  private renderSteps(steps: readonly number[], place: number): TemplateResult {
    return html`<label
      >${l10n.t('step {0}', steps[place] ?? 0)}
      <input
        type="range"
        min="0"
        max=${steps.length - 1}
        .value=${String(place)}
        @input=${(event: Event) => (this.place = Number((event.target as HTMLInputElement).value))}
    /></label>`;
  }

  private renderImage({ row, label, series }: ChartRun, path: string | undefined): TemplateResult {
    return html`<figure>
      ${
        path === undefined
          ? emptyWords(l10n.t('none'))
          : html`<rs-run-image .source=${this.source} .row=${row} .label=${label} .path=${path}></rs-run-image>`
      }
      <figcaption title=${path ?? label}>
        <span class="swatch ${seriesClass(series)}"></span> <bdi>${label}</bdi>
      </figcaption>
    </figure>`;
  }

  /** @param known what need not be asked for again */
  private async list(known: ReadonlyMap<number, readonly string[]> = new Map()): Promise<void> {
    this.reading.abort();
    const { signal } = (this.reading = new AbortController());
    try {
      const missing = this.shown.filter(({ row }) => !known.has(row));
      const found = await Promise.all(missing.map(({ row }) => this.source.images(row, signal)));
      if (signal.aborted) return;
      this.failure = undefined;
      this.paths = new Map([...known, ...missing.map(({ row }, i) => [row, found[i] ?? []] as const)]);
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.failure = error;
    }
  }
}

customElements.define('rs-image-grid', ImageGrid);
