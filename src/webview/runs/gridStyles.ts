import { css, unsafeCSS } from 'lit';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** Classes for what the page's policy allows no style attributes for: twenty lengths of a bar, ten strengths of heat. */
const bars = numbers(21).map((n) => `.b${n}{background-size:${Math.max(2, n * 5)}% var(--bar-height)}`);
const heats = numbers(11).map((n) => `.h${n}{--heat:${4 + n * 4}%}`);
const indents = numbers(9).map((n) => `.d${n}{width:${n * 12}px}`);

export const gridStyles = css`
  :host {
    display: block;
    overflow: auto;
    position: relative;
    user-select: none;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    border-radius: 2px;
    --bar: color-mix(in srgb, var(--vscode-charts-blue) 22%, transparent);
    --bar-height: 16px;
  }
  :host-context(.vscode-high-contrast),
  :host-context(.vscode-high-contrast-light) {
    --bar: var(--vscode-contrastActiveBorder, var(--vscode-foreground));
    --bar-height: 2px;
  }
  .canvas:focus-visible {
    outline: none;
  }
  .row {
    display: flex;
    height: 22px;
    line-height: 22px;
    --tint: transparent;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 3;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    color: var(--vscode-descriptionForeground);
  }
  .head .cell {
    display: flex;
    gap: 2px;
    position: relative;
    cursor: pointer;
  }
  .head .number {
    justify-content: flex-end;
  }
  .head .stuck {
    position: sticky;
  }
  .head .cell:hover {
    color: var(--vscode-foreground);
  }
  .title,
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .open {
    display: none;
    flex: none;
    margin-inline-end: -4px;
    border-radius: 4px;
  }
  .head .cell:hover > .open,
  .canvas:focus .head .active > .open {
    display: inline;
  }
  .open:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .grip {
    position: absolute;
    inset-block: 3px;
    inset-inline-end: 0;
    width: 5px;
    cursor: col-resize;
    touch-action: none;
    border-inline-end: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder));
  }
  .grip:hover {
    border-inline-end: 2px solid var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
  }
  .cell {
    flex: none;
    padding-inline: 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
    background-color: var(--tint);
  }
  .spacer {
    flex: none;
  }
  .absent {
    color: var(--vscode-descriptionForeground);
  }
  .group .cell {
    font-weight: 600;
  }
  /* A group's name stands across what stands still beside it. */
  .unscrolled .group .c0 {
    z-index: 2;
    border-inline-end: 0;
  }
  .group .absent,
  .count {
    font-weight: normal;
  }
  .group {
    border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
  }
  .deleted .name {
    text-decoration: line-through;
  }
  .bar {
    background-image: linear-gradient(var(--bar), var(--bar));
    background-repeat: no-repeat;
    background-position: left bottom 3px;
  }
  .heat {
    background-image: linear-gradient(
      color-mix(in srgb, var(--vscode-charts-blue) var(--heat), transparent),
      color-mix(in srgb, var(--vscode-charts-blue) var(--heat), transparent)
    );
  }
  :host-context(.vscode-high-contrast) .heat,
  :host-context(.vscode-high-contrast-light) .heat {
    background-image: linear-gradient(var(--bar), var(--bar));
    background-repeat: no-repeat;
    background-position: left bottom;
    background-size: calc((var(--heat) - 4%) * 2.5) 2px;
  }
  ${unsafeCSS([...bars, ...heats, ...indents].join(''))}
  .best {
    font-weight: 700;
  }
  .body .row:hover,
  .body .row.pointed {
    --tint: var(--vscode-list-hoverBackground);
  }
  .row[aria-selected='true'] {
    --tint: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .canvas:focus .row[aria-selected='true'] {
    --tint: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground);
  }
  .canvas:focus .row[aria-selected='true'] :is(.absent, .count, .codicon) {
    color: inherit;
  }
  /* The cells that scroll below it must not shine through. */
  .stuck {
    position: sticky;
    z-index: 1;
    background-color: var(--vscode-editor-background);
    box-shadow: inset 0 0 0 22px var(--tint);
  }
  .edge {
    border-inline-end: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
  }
  .body .c0 {
    display: flex;
    gap: 4px;
    align-items: center;
  }
  .check,
  .square {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    width: 14px;
    height: 14px;
    border: 1px solid var(--vscode-checkbox-border, var(--vscode-descriptionForeground));
    border-radius: 3px;
    cursor: pointer;
  }
  .check {
    background: var(--vscode-checkbox-background, transparent);
    color: var(--vscode-checkbox-foreground, inherit);
  }
  .check .codicon {
    font-size: 12px;
  }
  .square {
    border-style: dotted;
    border-radius: 2px;
    margin-inline-end: 2px;
  }
  .square:has(.swatch) {
    border-color: transparent;
  }
  .square .swatch {
    width: 12px;
    border-top-width: 12px;
  }
  .square .stroke-1,
  .square .stroke-2 {
    border-top-width: 4px;
  }
  .indent {
    flex: none;
  }
  .d0 {
    display: none;
  }
  .star {
    flex: none;
    visibility: hidden;
    color: var(--vscode-descriptionForeground);
  }
  .row:hover .star,
  .star.starred {
    visibility: visible;
  }
  .star.starred {
    color: inherit;
  }
  .fold {
    flex: none;
    width: 16px;
    height: 22px;
    cursor: pointer;
  }
  /* Where there is no room for both, the name stays and the number's word goes to a line that is not seen. */
  .count {
    flex: 0 1000 auto;
    min-width: min-content;
    height: 22px;
    overflow: hidden;
    white-space: normal;
    color: var(--vscode-descriptionForeground);
  }
  .cell > .codicon {
    font-size: 14px;
    vertical-align: -2px;
  }
  .canvas:focus .cell.active {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
`;
