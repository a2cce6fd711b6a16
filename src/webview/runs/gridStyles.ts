import { css } from 'lit';

export const gridStyles = css`
  :host {
    display: block;
    overflow: auto;
    position: relative;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    border-radius: 2px;
  }
  :host(:focus-visible) {
    outline: none;
  }
  .row {
    display: flex;
    height: 22px;
    line-height: 22px;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    color: var(--vscode-descriptionForeground);
  }
  .head .cell {
    cursor: pointer;
  }
  .head .cell:hover {
    color: var(--vscode-foreground);
  }
  .cell {
    flex: none;
    padding-inline: 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .spacer {
    flex: none;
  }
  .first {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    background: var(--vscode-editor-background);
  }
  .body .first {
    cursor: pointer;
  }
  .row[aria-selected='true'] .cell {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
  }
  :host(:focus) .row[aria-selected='true'] .cell {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground);
  }
  .row[aria-selected='true'] {
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .body .row:hover .cell {
    background: var(--vscode-list-hoverBackground);
  }
  .body .row:hover .first,
  .row[aria-selected='true'] .first {
    /* The cells that scroll below it must not shine through. */
    background-image: linear-gradient(var(--vscode-editor-background), var(--vscode-editor-background));
    background-blend-mode: normal;
  }
  :host(:focus) .cell.active {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .best {
    font-weight: 600;
  }
`;
