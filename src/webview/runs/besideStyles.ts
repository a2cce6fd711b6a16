import { css } from 'lit';

export const besideStyles = css`
  :host {
    display: flex;
    min-width: 0;
  }
  .table {
    display: flex;
    flex-direction: column;
    flex: 0 1 50%;
    min-width: 0;
    min-height: 0;
  }
  .rows {
    display: flex;
    gap: 8px;
    flex: 1;
    min-height: 0;
    position: relative;
  }
  .charts {
    display: flex;
    flex-direction: column;
    flex: 1 1 0;
    min-width: 0;
    min-height: 0;
    padding-inline-start: 8px;
  }
  .charts rs-charts-pane {
    flex: 1;
    min-height: 0;
  }
  .border {
    flex: none;
    width: 5px;
    cursor: col-resize;
    touch-action: none;
    border-inline-start: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
  }
  .border:hover,
  .border:focus-visible {
    background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
    outline: none;
  }
  .opener {
    flex: none;
    width: 22px;
    order: 1;
    border-inline-start: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    color: var(--vscode-descriptionForeground);
  }
  .opener.table {
    order: -1;
    border-inline-start: 0;
    border-inline-end: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
  }
  .opener:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .opener span {
    writing-mode: vertical-rl;
  }
  .table[hidden] ~ .charts,
  .opener ~ .charts {
    flex-grow: 1;
  }
  .opener.charts {
    flex: none;
    padding: 0;
  }
  .table:has(~ .opener.charts) {
    flex: 1 1 auto;
  }
  /* A narrow panel stacks. */
  @media (max-width: 760px) {
    :host {
      flex-direction: column;
    }
    .border {
      width: auto;
      height: 5px;
      border-inline-start: 0;
      border-block-start: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
      cursor: default;
    }
    .charts {
      padding: 8px 0 0;
    }
    .opener {
      width: auto;
      height: 22px;
      border: 0;
    }
    .opener span {
      writing-mode: horizontal-tb;
    }
  }
`;
