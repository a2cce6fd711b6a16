import { css } from 'lit';

export const runStyles = css`
  h1 .badge {
    font-weight: normal;
    margin-inline-start: 4px;
    vertical-align: middle;
  }
  .version {
    font-weight: normal;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(350px, 100%), 1fr));
    gap: 0 16px;
  }
  .facts > div {
    display: flex;
    gap: 8px;
    min-height: 22px;
    line-height: 22px;
    min-width: 0;
  }
  .facts > .wide {
    grid-column: 1 / -1;
  }
  .facts dt {
    flex: 0 0 84px;
  }
  .facts dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .facts .icon-button {
    padding: 0 2px;
    opacity: 0;
    vertical-align: middle;
  }
  .facts > div:hover .icon-button,
  .facts .icon-button:focus-visible {
    opacity: 1;
  }
  .note {
    margin-top: 8px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--vscode-textBlockQuote-border);
    max-width: 80ch;
  }
  .notice {
    margin: 8px 0;
  }
  .pairs {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
    gap: 0 32px;
  }
  .pairs-table {
    table-layout: fixed;
  }
  .pairs-table th {
    width: 40%;
    color: var(--vscode-descriptionForeground);
    overflow-wrap: anywhere;
  }
  .pairs-table th,
  .pairs-table td {
    line-height: 18px;
    padding-block: 2px;
  }
  .charts:not(:empty) + .metrics {
    margin-top: 16px;
  }
  .charts:empty {
    display: none;
  }
  .metrics {
    max-width: 640px;
  }
  .metrics td:first-child {
    overflow-wrap: anywhere;
  }
  .rows {
    list-style: none;
  }
  .rows li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    align-items: center;
    min-height: 22px;
  }
  .filter {
    width: 140px;
    height: 22px;
    padding: 0 6px;
    font: inherit;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, transparent);
    border-radius: 2px;
  }
  .filter::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  @media (max-width: 560px) {
    .secondary {
      display: none;
    }
  }
`;
