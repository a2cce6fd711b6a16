import { css } from 'lit';

export const detailsStyles = css`
  h1 .badge {
    font-weight: normal;
    margin-inline-start: 4px;
    vertical-align: middle;
  }
  .version {
    font-weight: normal;
  }
  .notice {
    margin: 8px 0;
  }
  .pairs {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
    gap: 0 32px;
  }
  .tiles {
    margin-top: 8px;
  }
  .words .status {
    color: var(--vscode-foreground);
  }
  a {
    color: var(--vscode-textLink-foreground);
    text-decoration: none;
  }
  a:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  details {
    padding-inline-start: 8px;
  }
  details[open] {
    flex-basis: 100%;
  }
  pre {
    margin: 4px 0;
    padding: 8px;
    max-height: 300px;
    overflow: auto;
    background: var(--vscode-textCodeBlock-background);
  }
  .children {
    max-width: 720px;
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
  .parts,
  .example {
    max-height: 300px;
    overflow: auto;
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
