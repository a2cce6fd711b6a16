import * as l10n from '@vscode/l10n';
import { UserError } from './errors';

export type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'punctuation' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written, quotes included. */
  readonly text: string;
  /** Of its first character, counted from 1. */
  readonly position: number;
}

/*
 * sqlparse's own patterns where MLflow depends on them (mlflow.md §1.15): a quote inside a string may be doubled or
 * escaped for the reader's sake, but MLflow keeps both characters in the value. A double-quoted text is a name to
 * sqlparse and a value to MLflow: the parser decides by its place.
 */
const single = String.raw`'(?:''|\\'|[^'])*'`;
const double = String.raw`"(?:""|\\"|[^"])*"`;
const backtick = '`(?:``|[^`])*`';
const word = String.raw`[\p{L}_][\p{L}\p{N}_$#]*`;
const part = String.raw`(?:[\p{L}\p{N}_][\p{L}\p{N}_$#]*|${double}|${backtick})`;
const number = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE]-?\d+)?(?![\p{L}\p{N}_])`;

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', new RegExp(number, 'uy')],
  ['string', new RegExp(single, 'uy')],
  ['name', new RegExp(`(?:${word}|${double}|${backtick})(?:\\.${part})*`, 'uy')],
  ['operator', /[<>=!~]+/y],
  ['punctuation', /[(),]/y],
];

/** Cuts a filter into tokens, the last one `end`; throws UserError 'invalid' at a character that starts none. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipBlanks(text, at + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', position: text.length + 1 });
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, position: at + 1 };
  }
  throw unreadable(text, at);
}

function unreadable(text: string, at: number): UserError {
  const character = text[at] ?? '';
  if (/['"`]/.test(character)) {
    return new UserError('invalid', l10n.t('Filter: the quote at character {0} is never closed.', at + 1));
  }
  return new UserError('invalid', l10n.t('Filter: unexpected "{0}" at character {1}.', character, at + 1), {
    next: l10n.t('Put keys with special characters in backticks, as in metrics.`val/loss` > 0.5.'),
  });
}

function skipBlanks(text: string, from: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = from;
  return from + (blanks.exec(text)?.[0].length ?? 0);
}

/** Takes off one pair of equal quotes of the given kinds, where there is one. */
export function unquoted(text: string, quotes: string): string {
  const first = text.charAt(0);
  const quoted = text.length >= 2 && first !== '' && quotes.includes(first) && text.endsWith(first);
  return quoted ? text.slice(1, -1) : text;
}
