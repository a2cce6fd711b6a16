import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { csvOf } from './chartTable';
import { DifferenceTable } from './differenceTable';
import { ImageGrid } from './imageGrid';
import { Plot, type PlotTable } from './plot';

export type ExportKind = 'svg' | 'png' | 'csv';

/** What draws a chart, where that is there by now. */
export type Drawing = Plot | DifferenceTable | ImageGrid;

export function drawingOf(element: Element | null): Drawing | undefined {
  const isDrawing = element instanceof Plot || element instanceof DifferenceTable || element instanceof ImageGrid;
  return isDrawing ? element : undefined;
}

/** What a chart can be saved as. */
export function renderExports(drawing: Drawing | undefined, save: (kind: ExportKind) => void): TemplateResult {
  const one = (label: string, kind: ExportKind): TemplateResult =>
    html`<button class="link" @click=${() => save(kind)}>${label}</button>`;
  return html`<div class="choices">
    ${
      drawing instanceof ImageGrid
        ? html`<span class="dimmed">${l10n.t('No SVG: images are pixels')}</span>`
        : one('SVG', 'svg')
    }
    ${one('PNG', 'png')} ${one('CSV', 'csv')}
  </div>`;
}

export function tableOf(drawing: Drawing | undefined): PlotTable {
  return drawing?.table() ?? { head: [], rows: [] };
}

export async function contentOf(drawing: Drawing, kind: ExportKind, title: string): Promise<string | Uint8Array> {
  if (kind === 'csv') return csvOf(drawing.table());
  return kind === 'svg' && !(drawing instanceof ImageGrid) ? drawing.svg(title) : drawing.png();
}
