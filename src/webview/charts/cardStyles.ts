import { css } from 'lit';

export const cardStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  .head {
    display: flex;
    gap: 4px;
    align-items: center;
    min-height: 24px;
  }
  h3 {
    flex: 1 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .buttons {
    display: flex;
    opacity: 0;
  }
  :host(:hover) .buttons,
  :host(:focus-within) .buttons,
  .buttons:has([aria-pressed='true']) {
    opacity: 1;
  }
  @media (hover: none) {
    .buttons {
      opacity: 1;
    }
  }
  .icon-button[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    padding: 2px 0 4px;
    align-items: center;
  }
  .choices label {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    color: var(--vscode-descriptionForeground);
  }
  select {
    max-width: 160px;
  }
  .body {
    height: var(--rs-chart-height, 190px);
    position: relative;
  }
  .body.scroll {
    overflow: auto;
  }
  .holder {
    height: 100%;
  }
  .foot {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    min-height: 1.3em;
    font-size: 0.85em;
  }
`;
