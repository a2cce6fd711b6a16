import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { PlotTable } from './plotTable';

export type ExportKind = 'svg' | 'png' | 'csv';

/** What draws a chart: an element of the class `plot`. */
export interface Drawing extends Element {
  readonly updateComplete: Promise<boolean>;
  table(): PlotTable;
  png(): Promise<Uint8Array>;
  /** Absent where it is pixels. */
  svg?(title: string): string;
}

/** Where it is there by now. */
export function drawingIn(root: ParentNode): Drawing | undefined {
  const found = root.querySelector('.plot');
  return found && 'table' in found ? (found as Drawing) : undefined;
}

/** What a chart can be saved as. */
export function renderExports(drawing: Drawing | undefined, save: (kind: ExportKind) => void): TemplateResult {
  const one = (label: string, kind: ExportKind): TemplateResult =>
    html`<button class="link" @click=${() => save(kind)}>${label}</button>`;
  return html`<div class="choices">
    ${
      drawing && !drawing.svg
        ? html`<span class="dimmed">${l10n.t('No SVG: images are pixels')}</span>`
        : one('SVG', 'svg')
    }
    ${one('PNG', 'png')} ${one('CSV', 'csv')}
  </div>`;
}

export async function pictureOf(
  drawing: Drawing,
  kind: Exclude<ExportKind, 'csv'>,
  title: string,
): Promise<string | Uint8Array> {
  return kind === 'svg' && drawing.svg ? drawing.svg(title) : drawing.png();
}
