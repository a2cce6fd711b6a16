import { html, type TemplateResult } from 'lit';

/** Code points of the codicons that the panels use (@vscode/codicons, codicon.csv). */
const codePoints = {
  add: 0xea60,
  'arrow-swap': 0xebcb,
  beaker: 0xea79,
  check: 0xeab2,
  'chevron-down': 0xeab4,
  'chevron-right': 0xeab6,
  'circle-outline': 0xeabc,
  'circle-slash': 0xeabd,
  close: 0xea76,
  'cloud-download': 0xeac2,
  copy: 0xebcc,
  discard: 0xeae2,
  edit: 0xea73,
  error: 0xea87,
  export: 0xebac,
  eye: 0xea70,
  'file-media': 0xeaea,
  file: 0xea7b,
  filter: 0xeaf1,
  'folder-opened': 0xeaf7,
  folder: 0xea83,
  'git-compare': 0xeafd,
  'go-to-file': 0xea94,
  'group-by-ref-type': 0xeb97,
  history: 0xea82,
  json: 0xea8b,
  layers: 0xebd2,
  layout: 0xebeb,
  'link-external': 0xeb14,
  'list-tree': 0xeb86,
  'list-unordered': 0xeb17,
  note: 0xeb26,
  package: 0xeb29,
  pass: 0xeba4,
  pin: 0xeb2b,
  pinned: 0xeba0,
  refresh: 0xeb37,
  rocket: 0xeb44,
  save: 0xeb4b,
  settings: 0xeb52,
  'symbol-structure': 0xea91,
  sync: 0xea77,
  table: 0xebb7,
  tag: 0xea66,
  trash: 0xea81,
  'triangle-down': 0xeb6e,
  warning: 0xea6c,
  watch: 0xeb7c,
} as const;
export type IconName = keyof typeof codePoints;

/** A codicon; what it means must stand beside it or in the label of what holds it. */
export function icon(name: IconName, kind = ''): TemplateResult {
  return html`<span class="codicon ${kind}" aria-hidden="true">${String.fromCodePoint(codePoints[name])}</span>`;
}
