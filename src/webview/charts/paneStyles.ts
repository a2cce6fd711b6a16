import { css } from 'lit';

export const paneStyles = css`
  :host {
    display: block;
    height: 100%;
    overflow: hidden auto;
    scrollbar-gutter: stable;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    align-items: center;
    position: sticky;
    top: 0;
    z-index: 6;
    padding-bottom: 4px;
    background: var(--vscode-editor-background, Canvas);
  }
  .bar .codicon {
    font-size: 14px;
  }
  .group {
    white-space: nowrap;
  }
  .smoothing {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    color: var(--vscode-descriptionForeground);
  }
  .smoothing input {
    width: 80px;
    /* High contrast has no colour for buttons. */
    accent-color: var(--vscode-focusBorder);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    max-height: 66px;
    overflow-y: auto;
    align-items: center;
  }
  .name {
    display: flex;
    gap: 6px;
    align-items: center;
    height: 22px;
    max-width: 200px;
  }
  .name bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name.pointed {
    font-weight: 600;
  }
  .name[aria-pressed='false'] {
    color: var(--vscode-disabledForeground, var(--vscode-descriptionForeground));
    text-decoration: line-through;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr));
    gap: 8px 16px;
    margin-top: 4px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .enlarged {
    grid-column: 1 / -1;
    order: -1;
    --rs-chart-height: min(480px, 70vh);
  }
  form {
    display: flex;
    gap: 8px;
    padding: 4px 0;
  }
  form input {
    font: inherit;
    height: 22px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
  }
`;
