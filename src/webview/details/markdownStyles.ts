import { css } from 'lit';

export const markdownStyles = css`
  :host {
    display: block;
    max-width: 90ch;
    overflow-wrap: anywhere;
  }
  p,
  ul,
  ol,
  blockquote,
  pre,
  table,
  hr {
    margin: 0 0 8px;
  }
  h2,
  h3,
  h4 {
    margin: 12px 0 4px;
    font-weight: 600;
  }
  h2 {
    font-size: 1.15em;
  }
  ul,
  ol {
    padding-inline-start: 24px;
  }
  blockquote {
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--vscode-textBlockQuote-border);
  }
  code {
    font-family: var(--vscode-editor-font-family);
    font-size: 0.95em;
    color: var(--vscode-textPreformat-foreground);
    background: var(--vscode-textPreformat-background);
    border-radius: 3px;
    padding: 0 3px;
  }
  pre {
    padding: 8px;
    overflow: auto;
    background: var(--vscode-textCodeBlock-background);
  }
  pre code {
    padding: 0;
    color: inherit;
    background: none;
  }
  a {
    color: var(--vscode-textLink-foreground);
  }
  hr {
    border: 0;
    border-top: 1px solid var(--vscode-editorWidget-border);
  }
  table {
    width: auto;
  }
  .wide {
    overflow-x: auto;
  }
`;
