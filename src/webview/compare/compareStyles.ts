import { css } from 'lit';

export const compareStyles = css`
  table {
    width: auto;
    min-width: min(100%, 480px);
  }
  .texts {
    width: 100%;
    table-layout: fixed;
    min-width: 440px;
  }
  .key {
    min-width: 120px;
    max-width: 320px;
    overflow-wrap: anywhere;
    padding-inline-end: 24px;
  }
  .texts .key {
    width: clamp(120px, 25%, 240px);
  }
  .numbers thead th {
    text-align: end;
  }
  .numbers thead th,
  .numbers .number {
    padding-inline: 12px;
  }
  .texts td,
  .texts .key {
    line-height: 18px;
    padding-block: 2px;
  }
  .head {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    max-width: min(240px, 100%);
    min-width: 0;
    vertical-align: middle;
  }
  .head .badge {
    font-weight: normal;
  }
  .name {
    color: var(--vscode-foreground);
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name:hover {
    text-decoration: underline;
  }
  .numbers .mark {
    padding: 0;
    width: 14px;
    text-align: center;
  }
  .numbers .delta {
    padding-inline-start: 4px;
  }
  .numbers .more {
    padding-inline-start: 0;
  }
  .numbers thead .change {
    text-align: start;
  }
  .direction {
    padding: 0 4px;
    border-radius: 3px;
  }
  .direction:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .tight {
    white-space: nowrap;
  }
  .verdict {
    font-size: 1.08em;
    margin: 4px 0;
    max-width: 90ch;
    overflow-wrap: anywhere;
  }
  .families {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 32px;
    margin-top: 8px;
  }
  .family {
    min-width: 0;
    max-width: 100%;
  }
  .family h3 {
    font-weight: 600;
  }
  .family h3 .dimmed {
    font-weight: normal;
  }
  .numbers.heat-map {
    min-width: 0;
  }
  .numbers.heat-map .key {
    text-align: start;
    padding-inline-start: 0;
  }
  .heat-map .number {
    min-width: 84px;
  }
  .heat-map .mark {
    display: inline-block;
  }
  .heat-1 {
    background: color-mix(in srgb, var(--vscode-charts-orange) 12%, transparent);
  }
  .heat-2 {
    background: color-mix(in srgb, var(--vscode-charts-orange) 24%, transparent);
  }
  .heat-3 {
    background: color-mix(in srgb, var(--vscode-charts-orange) 36%, transparent);
  }
  .heat-4 {
    background: color-mix(in srgb, var(--vscode-charts-orange) 48%, transparent);
  }
  /* No translucent fills in high contrast: the worst have a border. */
  :host-context(.vscode-high-contrast) .heat,
  :host-context(.vscode-high-contrast-light) .heat {
    background: none;
  }
  :host-context(.vscode-high-contrast) .heat-4,
  :host-context(.vscode-high-contrast-light) .heat-4 {
    outline: 1px solid var(--vscode-contrastBorder);
    outline-offset: -2px;
  }
  .artifacts {
    list-style: none;
  }
  .artifact {
    min-height: 22px;
    max-width: 100%;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .artifact:hover bdi {
    text-decoration: underline;
  }
  .sides {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }
  select {
    max-width: 180px;
  }
  input[type='search'] {
    width: 140px;
    height: 24px;
    padding: 0 6px;
    font: inherit;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, transparent);
    border-radius: 2px;
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  .same {
    margin-top: 4px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-top: 8px;
    list-style: none;
  }
  header {
    margin-bottom: 0;
  }
`;
