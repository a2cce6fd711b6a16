import { html, type TemplateResult } from 'lit';

/** Code points of the codicons that the panels use (@vscode/codicons, codicon.csv). */
const codePoints = {
  'arrow-swap': 0xebcb,
  beaker: 0xea79,
  'chevron-down': 0xeab4,
  'chevron-right': 0xeab6,
  'circle-slash': 0xeabd,
  close: 0xea76,
  'cloud-download': 0xeac2,
  copy: 0xebcc,
  error: 0xea87,
  file: 0xea7b,
  'file-media': 0xeaea,
  folder: 0xea83,
  'folder-opened': 0xeaf7,
  'git-compare': 0xeafd,
  'go-to-file': 0xea94,
  json: 0xea8b,
  'link-external': 0xeb14,
  package: 0xeb29,
  pass: 0xeba4,
  refresh: 0xeb37,
  rocket: 0xeb44,
  sync: 0xea77,
  table: 0xebb7,
  tag: 0xea66,
  warning: 0xea6c,
  watch: 0xeb7c,
} as const;
export type IconName = keyof typeof codePoints;

/** A codicon; what it means must stand beside it or in the label of what holds it. */
export function icon(name: IconName, kind = ''): TemplateResult {
  return html`<span class="codicon ${kind}" aria-hidden="true">${String.fromCodePoint(codePoints[name])}</span>`;
}
