import { css } from 'lit';

export const gridStyles = css`
  :host {
    display: block;
    overflow: auto;
    position: relative;
    user-select: none;
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
  .row {
    --tint: transparent;
  }
  .body .row:hover {
    --tint: var(--vscode-list-hoverBackground);
  }
  .row[aria-selected='true'] {
    --tint: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  :host(:focus) .row[aria-selected='true'] {
    --tint: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground);
  }
  .cell {
    background: var(--tint);
  }
  /* The cells that scroll below it must not shine through. */
  .first {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    background: linear-gradient(var(--tint), var(--tint)), var(--vscode-editor-background);
  }
  :host(:focus) .cell.active {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
`;
