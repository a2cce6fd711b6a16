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
  .small {
    font-size: 0.85em;
    margin-inline-end: 6px;
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
