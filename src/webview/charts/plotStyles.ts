import { css } from 'lit';

export const plotStyles = css`
  :host {
    display: block;
    position: relative;
    min-width: 0;
    height: 100%;
  }
  .frame {
    position: absolute;
    inset: 0;
    touch-action: pan-y;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .tip {
    position: absolute;
    top: 4px;
    z-index: 5;
    max-width: calc(60% - 8px);
    padding: 2px 6px;
    pointer-events: none;
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    background: var(--vscode-editorHoverWidget-background, Canvas);
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, currentColor));
    border-radius: 3px;
  }
  .tip.right {
    right: 4px;
  }
  .tip.left {
    left: 4px;
  }
  .tip div {
    display: flex;
    gap: 6px;
    align-items: center;
    white-space: nowrap;
  }
  .tip bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    min-width: 0;
  }
`;
