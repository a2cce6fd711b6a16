import * as l10n from '@vscode/l10n';

/** What a page may do: its own styles and the images in it; with scripts, its own scripts. Nothing is ever fetched. */
function policyOf(scripts: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    'media-src data:',
    "form-action 'none'",
    "base-uri 'none'",
    ...(scripts ? ["script-src 'unsafe-inline' 'unsafe-eval' blob:", 'worker-src blob:'] : []),
  ].join('; ');
}

/**
 * An artifact's HTML under that policy, which stands before anything of the artifact: what a page says later can only
 * narrow it. As in a browser the page is dark on light, because that is what its author saw.
 */
export function htmlDocument(html: string, { scripts }: { readonly scripts: boolean }): string {
  return `<!DOCTYPE html>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(scripts)}">
<style>:root { color-scheme: light; } html, body { background-color: Canvas; color: CanvasText; }</style>
${scripts || !hasScripts(html) ? '' : scriptsNotice()}${html}`;
}

function hasScripts(html: string): boolean {
  return /<script\b/i.test(html);
}

function scriptsNotice(): string {
  const sentence = l10n.t('The scripts of this page are off. Run Scripts, in the title of this editor, allows them.');
  const escaped = sentence.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<p style="margin: 0 0 8px; padding: 4px 8px; font: 13px sans-serif; border-bottom: 1px solid">${escaped}</p>\n`;
}
