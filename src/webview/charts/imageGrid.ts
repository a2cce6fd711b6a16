import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { isCancelled } from '../../domain/errors';
import { imageAt, imageSeries, type ImageSeries, stepOf } from '../../domain/imageSteps';
import { emptyWords } from '../shared/states';
import { baseStyles } from '../shared/styles';
import { readTheme, seriesClass, seriesStroke } from '../shared/theme';
import { shortened } from './axes';
import { pngOf } from './picture';
import type { PlotTable } from './plot';
import './runImage';
import type { ChartRun, ChartSource } from './source';

/** Images beside each other; what is beyond is said. */
const mostImages = 24;

/** px of an image in an exported grid, and between two. */
const tile = 240;
const space = 12;

/** One image of each run in colour, over the steps at which it was logged. */
export class ImageGrid extends LitElement {
  static override readonly properties = {
    runs: { attribute: false },
    source: { attribute: false },
    paths: { state: true },
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
      rs-run-image {
        display: block;
      }
      canvas {
        width: 100%;
        max-height: 240px;
        object-fit: contain;
      }
    `,
  ];
  declare runs: readonly ChartRun[];
  declare source: ChartSource;
  declare private paths: readonly (readonly string[])[] | undefined;
  declare private chosen: string | undefined;
  /** Among the steps of the chosen series; the last one while nobody moved it. */
  declare private place: number | undefined;
  declare private failure: unknown;
  private reading = new AbortController();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('runs') || changed.has('source')) void this.list();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.reading.abort();
  }

  /** Every image of every run that was looked through. */
  table(): PlotTable {
    const runs = this.runs.slice(0, mostImages);
    return {
      head: [l10n.t('Run'), l10n.t('Step'), l10n.t('Path')],
      rows: runs.flatMap(({ label }, i) =>
        (this.paths?.[i] ?? []).map((path) => {
          const { step } = stepOf(path);
          return [label, step < 0 ? '' : step, path];
        }),
      ),
    };
  }

  /** The grid as it is shown, each image with the name of its run. */
  png(): Promise<Uint8Array> {
    const theme = readTheme();
    const images = this.runs.slice(0, mostImages).map((run) => {
      const own = [...this.renderRoot.querySelectorAll('canvas')];
      return { ...run, canvas: own.find(({ dataset }) => dataset['of']?.startsWith(`${run.row} `)) };
    });
    const across = Math.max(1, Math.ceil(Math.sqrt(images.length)));
    const size = {
      width: across * (tile + space) + space,
      height: Math.ceil(images.length / across) * (tile + 32) + space,
    };
    return pngOf(size, (pen) => {
      pen.font = theme.font;
      images.forEach(({ label, series, canvas }, i) => {
        const [left, top] = [space + (i % across) * (tile + space), space + Math.floor(i / across) * (tile + 32)];
        if (canvas) {
          const scale = Math.min(tile / canvas.width, tile / canvas.height);
          pen.drawImage(canvas, left, top, canvas.width * scale, canvas.height * scale);
        }
        pen.fillStyle = seriesStroke(theme, series).color;
        pen.fillRect(left, top + tile + 9, 14, 3);
        pen.fillStyle = theme.foreground;
        pen.fillText(shortened(canvas ? label : `${label}: ${l10n.t('none')}`, 36), left + 20, top + tile + 14);
      });
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.failure !== undefined)
      return html`<rs-error small .error=${this.failure} @retry=${() => this.list()}></rs-error>`;
    const { paths } = this;
    if (!paths) return nothing;
    const all = imageSeries(paths.flat());
    const series = all.find(({ name }) => name === this.chosen) ?? all[0];
    if (!series) return emptyWords(l10n.t('These runs logged no images.'));
    const { steps } = series;
    const place = Math.min(this.place ?? steps.length - 1, steps.length - 1);
    const step = steps[place] ?? 0;
    const more = this.runs.length - mostImages;
    return html`<div class="tools">
        ${this.renderSeries(all, series)} ${steps.length < 2 ? nothing : this.renderSteps(steps, place)}
        ${more > 0 ? html`<span class="dimmed">${l10n.t('and {0} more', more)}</span>` : nothing}
      </div>
      <div class="grid">
        ${this.runs.slice(0, mostImages).map((run, i) => this.renderImage(run, imageAt(paths[i] ?? [], series.name, step)))}
      </div>`;
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
      <figcaption title=${path ?? ''}>
        <span class="swatch ${seriesClass(series)}"></span> <bdi>${label}</bdi>
      </figcaption>
    </figure>`;
  }

  private async list(): Promise<void> {
    this.reading.abort();
    const { signal } = (this.reading = new AbortController());
    try {
      const runs = this.runs.slice(0, mostImages);
      const paths = await Promise.all(runs.map(({ row }) => this.source.images(row, signal)));
      if (signal.aborted) return;
      this.failure = undefined;
      this.paths = paths;
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.failure = error;
    }
  }
}

customElements.define('rs-image-grid', ImageGrid);
