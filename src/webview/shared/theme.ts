/** What canvas drawing needs of the theme; a canvas does not see CSS variables. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly dimmed: string;
  readonly grid: string;
  readonly font: string;
  readonly series: readonly string[];
  /** Has no translucent fills (design.md, Colour). */
  readonly highContrast: boolean;
}

const seriesNames = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'];

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(`--vscode-${name}`).trim();
  const foreground = value('foreground') || 'CanvasText';
  return {
    background: value('editor-background') || 'Canvas',
    foreground,
    dimmed: value('descriptionForeground') || foreground,
    grid: value('contrastBorder') || value('editorWidget-border') || value('panel-border') || foreground,
    font: `11px ${value('font-family') || 'sans-serif'}`,
    series: seriesNames.map((name) => opaque(value(`charts-${name}`)) || foreground),
    highContrast: /\bvscode-high-contrast/.test(document.body.className),
  };
}

/** Themes give some chart colours half transparent (made for the minimap): a thin line of such a colour is not seen. */
function opaque(color: string): string {
  const [, hex] = /^(#[0-9a-f]{6})[0-9a-f]{2}$/i.exec(color) ?? [];
  return hex ?? color.replace(/^rgba\((.+),[^,]+\)$/, 'rgb($1)');
}

/** Calls back when VS Code changes the theme: it rewrites the body's class and the root's style. */
export function onThemeChange(listener: () => void): { dispose(): void } {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return { dispose: () => observer.disconnect() };
}

/** The line of a series: six colours, then the same dashed, then dotted (design.md, Series palette). */
export function seriesStroke(theme: Theme, index: number): { readonly color: string; readonly dash: number[] } {
  const color = theme.series[index % theme.series.length] ?? theme.foreground;
  return { color, dash: [[], [6, 4], [1, 3]][Math.floor(index / theme.series.length) % 3] ?? [] };
}

/** Class of an element that shows a series' colour and dash; `styles.ts` has the rules. */
export function seriesClass(index: number): string {
  return `series-${index % 6} stroke-${Math.floor(index / 6) % 3}`;
}
