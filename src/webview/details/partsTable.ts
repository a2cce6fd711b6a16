import { html, nothing, type TemplateResult } from 'lit';

/** Rows under a title of their own, each with a cell for every head. */
export interface TablePart {
  readonly title: string;
  readonly rows: readonly TemplateResult[];
}

/** One table of several parts, each with its count; those without rows are left out. */
export function partsTable(heads: readonly string[], parts: readonly TablePart[]): TemplateResult {
  return html`<div class="scroll parts" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      ${parts.map(({ title, rows }) =>
        rows.length === 0
          ? nothing
          : html`<tbody>
              <tr>
                <th scope="rowgroup" colspan=${heads.length} class="dimmed">${title} (${rows.length})</th>
              </tr>
              ${rows}
            </tbody>`,
      )}
    </table>
  </div>`;
}
