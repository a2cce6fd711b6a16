import { css } from 'lit';

export const filterStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 4px;
  }
  .line,
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }
  .line {
    flex-wrap: nowrap;
    gap: 4px 12px;
  }
  ul {
    display: flex;
    flex-direction: column;
    gap: 4px;
    list-style: none;
  }
  input,
  select {
    font: inherit;
    min-width: 0;
    height: 24px;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 2px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
  }
  select {
    padding: 0 2px;
    color: var(--vscode-dropdown-foreground);
    background: var(--vscode-dropdown-background);
    border-color: var(--vscode-dropdown-border, transparent);
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  .filter {
    flex: 1 1 auto;
    font-family: var(--vscode-editor-font-family);
  }
  [aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground));
  }
  .name {
    flex: 0 1 260px;
  }
  .joiner {
    min-width: 48px;
    color: var(--vscode-descriptionForeground);
  }
  code {
    display: block;
    font-family: var(--vscode-editor-font-family);
    color: var(--vscode-foreground);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  mark {
    color: inherit;
    background: var(--vscode-inputValidation-errorBackground, transparent);
    text-decoration: underline wavy var(--vscode-editorError-foreground, currentColor);
  }
  .icon-button[aria-expanded='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
  }
`;
