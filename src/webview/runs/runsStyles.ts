import { css } from 'lit';

export const runsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100vh;
    box-sizing: border-box;
    padding-bottom: 16px;
  }
  header {
    margin-bottom: 8px;
  }
  .main {
    display: flex;
    gap: 8px;
    flex: 1 1 auto;
    min-height: 120px;
    position: relative;
  }
  rs-run-grid {
    flex: 1 1 0;
    min-width: 0;
  }
  .empty .primary {
    margin-top: 8px;
  }
  rs-column-chooser {
    flex: 0 0 260px;
  }
  /* A narrow panel has no room beside the table. */
  @media (max-width: 700px) {
    rs-column-chooser {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      width: min(280px, 100%);
      padding: 8px;
      z-index: 5;
      background: var(--vscode-editorWidget-background, Canvas);
      border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    }
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: flex-start;
    margin-bottom: 8px;
  }
  .bar input {
    font: inherit;
    flex: 1 1 160px;
    min-width: 0;
    height: 24px;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 2px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
  }
  .bar input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  rs-filter-bar {
    flex: 3 1 260px;
    min-width: 0;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: baseline;
    min-height: 22px;
    margin-top: 4px;
  }
`;
