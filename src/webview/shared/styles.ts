import { css } from 'lit';

/** What every page and part shares; theme tokens only (design.md). */
export const baseStyles = css`
  :host {
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    line-height: 1.4;
  }
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  h1 {
    font-size: 1.15em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .dimmed {
    color: var(--vscode-descriptionForeground);
  }
  .mono {
    font-family: var(--vscode-editor-font-family);
    font-size: 0.95em;
  }
  .codicon {
    font: normal 16px/1 codicon;
    display: inline-block;
    vertical-align: text-bottom;
    flex: none;
    user-select: none;
  }
  .pass {
    color: var(--vscode-testing-iconPassed, var(--vscode-charts-green));
  }
  .failed {
    color: var(--vscode-testing-iconFailed, var(--vscode-errorForeground));
  }
  .warned {
    color: var(--vscode-editorWarning-foreground);
  }
  select {
    min-width: 0;
    max-width: 240px;
    height: 22px;
    font: inherit;
    color: var(--vscode-dropdown-foreground);
    background: var(--vscode-dropdown-background);
    border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
    border-radius: 2px;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .primary {
    padding: 3px 12px;
    border: 1px solid var(--vscode-button-border, transparent);
    border-radius: 2px;
    color: var(--vscode-button-foreground);
    background: var(--vscode-button-background);
  }
  .primary:hover {
    background: var(--vscode-button-hoverBackground);
  }
  .primary:focus-visible {
    outline-offset: 2px;
  }
  .link {
    color: var(--vscode-textLink-foreground);
    text-align: start;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  .icon-button {
    display: inline-flex;
    padding: 3px;
    border-radius: 4px;
    color: var(--vscode-icon-foreground);
  }
  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
    outline-offset: -1px;
  }
  .toggle {
    padding: 1px 6px;
    border: 1px solid transparent;
    border-radius: 3px;
    color: var(--vscode-descriptionForeground);
  }
  .toggle:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .toggle[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, transparent);
  }
  .badge {
    display: inline-block;
    padding: 0 6px;
    border-radius: 10px;
    font-size: 0.85em;
    line-height: 16px;
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    overflow-wrap: anywhere;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    height: 22px;
    padding: 0 12px 0 0;
    text-align: start;
    font-weight: normal;
    vertical-align: top;
    line-height: 22px;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 4px;
  }
  thead th,
  thead td {
    color: var(--vscode-descriptionForeground);
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    white-space: nowrap;
  }
  tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .swatch {
    display: inline-block;
    width: 14px;
    height: 0;
    border-top: 3px solid currentColor;
    vertical-align: middle;
    flex: none;
  }
  .stroke-1 {
    border-top-style: dashed;
  }
  .stroke-2 {
    border-top-style: dotted;
  }
  .series-0 {
    color: rgb(from var(--vscode-charts-blue, var(--vscode-foreground)) r g b / 1);
  }
  .series-1 {
    color: rgb(from var(--vscode-charts-orange, var(--vscode-foreground)) r g b / 1);
  }
  .series-2 {
    color: rgb(from var(--vscode-charts-green, var(--vscode-foreground)) r g b / 1);
  }
  .series-3 {
    color: rgb(from var(--vscode-charts-purple, var(--vscode-foreground)) r g b / 1);
  }
  .series-4 {
    color: rgb(from var(--vscode-charts-red, var(--vscode-foreground)) r g b / 1);
  }
  .series-5 {
    color: rgb(from var(--vscode-charts-yellow, var(--vscode-foreground)) r g b / 1);
  }
`;

/** The frame of a panel in the editor area. */
export const pageStyles = css`
  :host {
    display: block;
    padding: 16px 16px 64px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: flex-start;
    margin-bottom: 12px;
  }
  .heading {
    flex: 1 1 260px;
    min-width: 0;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
  }
  .section {
    margin-top: 16px;
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-height: 24px;
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    margin-bottom: 4px;
  }
  .section-head > .tools {
    margin-inline-start: auto;
  }
  .section-toggle {
    display: flex;
    align-items: center;
    gap: 4px;
    font-weight: 600;
    margin-inline-start: -4px;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
    gap: 12px 16px;
    margin-top: 8px;
  }
`;
