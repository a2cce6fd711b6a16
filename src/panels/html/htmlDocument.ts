import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';

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
  return `<p style="margin: 0 0 8px; padding: 4px 8px; font: 13px sans-serif; border-bottom: 1px solid">${escaped(sentence)}</p>\n`;
}

/** In place of a page that cannot be read now: why, and a link that runs the command on it. */
export function failureDocument(error: unknown, command: string, address: unknown): string {
  const sentence = error instanceof UserError ? error.text : String(error);
  const link = `command:${command}?${encodeURIComponent(JSON.stringify([address]))}`;
  return `<!DOCTYPE html>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
  p { margin: 16px 0; }
  a { color: var(--vscode-button-foreground); background: var(--vscode-button-background);
    border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; padding: 4px 12px; text-decoration: none; }
</style>
<p role="alert">${escaped(sentence)}</p>
<p><a role="button" href="${escaped(link)}">${escaped(l10n.t('Open again'))}</a></p>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
