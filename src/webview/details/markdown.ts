import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';

type Piece = TemplateResult | string | typeof nothing;

/**
 * Markdown as elements. Nothing of it is ever taken for HTML: marked only cuts the text into tokens, Lit makes elements
 * of them, tags stand as text, and a link leads to the web or nowhere.
 */
export function renderMarkdown(text: string): TemplateResult {
  return html`${blocks(new Lexer({ gfm: true }).lex(text))}`;
}

function blocks(tokens: readonly Token[] = []): Piece[] {
  return tokens.map((token) => block(token as MarkedToken));
}

function block(token: MarkedToken): Piece {
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading':
      return heading(token);
    case 'paragraph':
      return html`<p>${inline(token.tokens)}</p>`;
    case 'text':
      return html`${inline(token.tokens, token.text)}`;
    case 'code':
      return html`<pre><code>${token.text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${blocks(token.tokens)}</blockquote>`;
    case 'list':
      return list(token);
    case 'table':
      return table(token);
    case 'hr':
      return html`<hr />`;
    default:
      return html`<p>${token.raw}</p>`;
  }
}

/** The page has its own first level. */
function heading({ depth, tokens }: Tokens.Heading): Piece {
  const text = inline(tokens);
  if (depth === 1) return html`<h2>${text}</h2>`;
  return depth === 2 ? html`<h3>${text}</h3>` : html`<h4>${text}</h4>`;
}

function list({ ordered, start, items }: Tokens.List): Piece {
  const rows = items.map(
    (item) => html`<li>${item.task ? (item.checked ? '☑ ' : '☐ ') : ''}${blocks(withoutBox(item.tokens))}</li>`,
  );
  return ordered
    ? html`<ol start=${start || 1}>
        ${rows}
      </ol>`
    : html`<ul>
        ${rows}
      </ul>`;
}

/** The box of a task is drawn with its item. */
function withoutBox(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ type }) => type !== 'checkbox');
}

function table({ header, rows }: Tokens.Table): Piece {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${header.map(({ tokens }) => html`<th scope="col">${inline(tokens)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(({ tokens }) => html`<td>${inline(tokens)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function inline(tokens: readonly Token[] | undefined, otherwise = ''): Piece[] {
  return tokens ? tokens.map((token) => span(token as MarkedToken)) : [otherwise];
}

function span(token: MarkedToken): Piece {
  switch (token.type) {
    case 'strong':
      return html`<strong>${inline(token.tokens)}</strong>`;
    case 'em':
      return html`<em>${inline(token.tokens)}</em>`;
    case 'del':
      return html`<del>${inline(token.tokens)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return link(token.href, inline(token.tokens));
    case 'image':
      // Nothing is fetched for a text that anybody may have written.
      return link(token.href, [l10n.t('image {0}', token.text || token.href)]);
    case 'text':
      return token.tokens ? html`${inline(token.tokens)}` : token.text;
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function link(href: string, text: Piece[]): Piece {
  return /^https?:\/\//i.test(href) ? html`<a href=${href} title=${href}>${text}</a>` : html`${text}`;
}
