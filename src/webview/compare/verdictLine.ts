import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type TightPart, tightParts, type VerdictPart } from './verdictWords';

/** A metric of a longer name may break, so that the page never scrolls sideways. */
const longestTight = 48;

/** What a colleague would say first. @param show leads to the row of a metric */
export function verdictLine(
  parts: readonly VerdictPart[],
  show: (key: string) => void,
): TemplateResult | typeof nothing {
  if (parts.length === 0) return nothing;
  return html`<p class="verdict">${tightParts(parts).map((part) => verdictPart(part, show))}</p>`;
}

/** As text content: no space may come between a bracket and a number. */
function verdictPart({ text, key, before, after }: TightPart, show: (key: string) => void): TemplateResult | string {
  if (key === undefined) return text;
  const title = l10n.t('Show the row of {0}', key);
  const button = html`<button class="link" title=${title} @click=${() => show(key)} .textContent=${text}></button>`;
  return html`<span class=${text.length < longestTight ? 'tight' : ''}>${before}${button}${after}</span>`;
}
