import * as l10n from '@vscode/l10n';
import { invalidAt } from './searchErrors';

type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'punctuation' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written, quotes included. */
  readonly text: string;
  /** Offset of its first character. */
  readonly start: number;
}

/** Longer ones are refused: nobody writes them, and a parser of MLflow's gives up long before. */
const longest = 100_000;

/*
 * The patterns of sqlparse 0.6, with which MLflow reads filters, as far as a filter has a meaning (mlflow.md §1.15).
 * A quote inside a string may be doubled or escaped for the reader's sake, but MLflow keeps both characters in the
 * value. A double-quoted text is a name to sqlparse and a value to MLflow: the parser decides by its place.
 */
const single = String.raw`'(?:''|\\'|[^'])*'`;
const double = String.raw`"(?:""|\\"|[^"])*"`;
const backtick = '`(?:``|[^`])*`';
const any = String.raw`[\p{L}\p{N}_]`;
const latin = '[A-ZÀ-Ü]';
/** Keywords to sqlparse wherever they stand, after a dot too. */
const keyword = String.raw`(?:CASE|IN|VALUES|USING|FROM|AS)(?!${any})`;
const word = String.raw`(?:(?!${keyword})${latin}${any}*|(?![A-ZÀ-Ü\d])${any}[\p{L}\p{N}_$#]*)`;
/** A digit after a dot begins a key only where it cannot begin a number. */
const digits = String.raw`(?!\de-?\d|0x[\da-f])\d(?=[_A-ZÀ-Ü])[\p{L}\p{N}_$#]*`;
const fraction = String.raw`(?!\d\d|\d(?![_A-ZÀ-Ü]))`;
const part = String.raw`\.${fraction}(?:${word}|${digits}|${double}|${backtick}|${single})`;
const number = String.raw`-?(?:\d+(?:\.\d+)?e-?\d+|(?:\d+\.\d*|\.\d+|\d+)(?![_A-ZÀ-Ü\d]))`;

/** Python's, which are not quite JavaScript's. */
const blank = '(?:(?!\\ufeff)[\\s\\u001c-\\u001f\\u0085])*';

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', new RegExp(number, 'iuy')],
  ['string', new RegExp(single, 'uy')],
  ['operator', new RegExp(String.raw`(?:NOT\s+)?(?:LIKE|ILIKE|RLIKE|REGEXP)(?!${any}|\.)|[<>=!~]+`, 'iuy')],
  ['name', new RegExp(`(?:${word}|${double}|${backtick})(?:${part})*`, 'iuy')],
  ['name', new RegExp(keyword, 'iuy')],
  ['punctuation', /[(),]/y],
];

/** Cuts a filter into tokens, the last one `end`; throws UserError 'invalid' at a character that starts none. */
export function tokenize(text: string): readonly Token[] {
  if (text.length > longest) {
    throw invalidAt({ start: longest, end: text.length }, l10n.t('Filter: it is longer than {0} characters.', longest));
  }
  const tokens: Token[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipBlanks(text, at + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', start: text.length });
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, start };
  }
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const span = { start, end: start + character.length };
  if (/['"`]/.test(character)) {
    throw invalidAt(
      { ...span, end: text.length },
      l10n.t('Filter: the quote at character {0} is never closed.', start + 1),
    );
  }
  throw invalidAt(span, l10n.t('Filter: unexpected "{0}" at character {1}.', character, start + 1), {
    next: l10n.t('Put keys with special characters in backticks, as in metrics.`val/loss` > 0.5.'),
  });
}

function skipBlanks(text: string, from: number): number {
  const blanks = new RegExp(blank, 'y');
  blanks.lastIndex = from;
  return from + (blanks.exec(text)?.[0].length ?? 0);
}

/** Takes off one pair of equal quotes of the given kinds, where there is one. */
export function unquoted(text: string, quotes: string): string {
  const first = text.charAt(0);
  const quoted = text.length >= 2 && first !== '' && quotes.includes(first) && text.endsWith(first);
  return quoted ? text.slice(1, -1) : text;
}
