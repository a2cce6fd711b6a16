import * as l10n from '@vscode/l10n';
import { UserError } from './errors';
import type { Comparator, Comparison, Filter, OrderBy, SearchField } from './searchAst';
import { comparatorsOf, fieldOf, isNumeric, type SearchScope } from './searchFields';
import { tokenize, unquoted, type Token } from './searchTokens';

/**
 * Reads MLflow's filter grammar (mlflow.md §1.15): comparisons joined by AND. Throws UserError 'invalid' that names
 * the character where it stopped.
 */
export function parseFilter(filter: string | undefined, scope: SearchScope): Filter {
  const tokens = new Tokens(tokenize(filter ?? ''));
  const comparisons: Comparison[] = [];
  while (tokens.peek().kind !== 'end') {
    if (comparisons.length > 0) expectAnd(tokens);
    comparisons.push(comparison(tokens, scope));
  }
  return comparisons;
}

/** Reads order clauses such as ``metrics.`val/loss` DESC``; ascending where nothing is said. */
export function parseOrderBy(clauses: readonly string[] | undefined, scope: SearchScope): readonly OrderBy[] {
  const orders = (clauses ?? []).map((clause) => orderOf(clause, scope));
  const seen = new Set<string>();
  for (const { field } of orders) {
    const name = `${field.kind}.${field.key}`;
    if (seen.has(name)) throw new UserError('invalid', l10n.t('The order names "{0}" twice.', field.key));
    seen.add(name);
  }
  return orders;
}

class Tokens {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] ?? { kind: 'end', text: '', position: 1 };
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** Takes the words when they come next, in any case. */
  takeWords(...words: readonly string[]): boolean {
    const found = words.every((word, i) => this.peek(i).text.toUpperCase() === word);
    if (found) this.at += words.length;
    return found;
  }
}

function expectAnd(tokens: Tokens): void {
  if (tokens.takeWords('AND')) return;
  throw unexpected(tokens.peek(), 'AND', l10n.t('Join comparisons with AND; MLflow has no OR and no parentheses.'));
}

function comparison(tokens: Tokens, scope: SearchScope): Comparison {
  const name = tokens.next();
  if (name.kind !== 'name') throw unexpected(name, l10n.t('a name such as metrics.accuracy'));
  const field = fieldOf(name.text, scope, 'filter', l10n.t('Filter, character {0}', name.position));
  const comparator = comparatorOf(tokens, field, scope);
  if (comparator === 'IS NULL' || comparator === 'IS NOT NULL') return { field, comparator };
  if (comparator === 'IN' || comparator === 'NOT IN') return { field, comparator, value: list(tokens) };
  return { field, comparator, value: isNumeric(field, scope) ? number(tokens, field, scope) : text(tokens) };
}

function comparatorOf(tokens: Tokens, field: SearchField, scope: SearchScope): Comparator {
  const token = tokens.peek();
  const written = takeComparator(tokens);
  const allowed = comparatorsOf(field, scope);
  const comparator = allowed.find((known) => known === written);
  if (comparator) return comparator;
  throw unexpected(token, l10n.t('one of {0}', allowed.join(', ')));
}

function takeComparator(tokens: Tokens): string {
  if (tokens.takeWords('IS', 'NOT', 'NULL')) return 'IS NOT NULL';
  if (tokens.takeWords('IS', 'NULL')) return 'IS NULL';
  if (tokens.takeWords('NOT', 'IN')) return 'NOT IN';
  return tokens.next().text.toUpperCase();
}

function number(tokens: Tokens, field: SearchField, scope: SearchScope): number {
  const token = tokens.next();
  if (token.kind !== 'number') throw unexpected(token, l10n.t('a number without quotes'));
  // MLflow refuses fractions of a millisecond for experiments and takes them for runs.
  const whole = scope === 'experiments' && !/^-?\d+$/.test(token.text);
  if (whole) throw unexpected(token, l10n.t('a whole number for {0}', field.key));
  return Number(token.text);
}

function text(tokens: Tokens): string {
  const token = tokens.next();
  if (!isText(token)) throw unexpected(token, l10n.t('a value in single or double quotes'));
  return unquoted(token.text, `'"`);
}

function isText(token: Token): boolean {
  return token.kind === 'string' || (token.kind === 'name' && /^".*"$/s.test(token.text));
}

function list(tokens: Tokens): readonly string[] {
  const values: string[] = [];
  if (!tokens.takeWords('(')) throw unexpected(tokens.peek(), l10n.t("a list such as ('a', 'b')"));
  do {
    // A comma before the closing parenthesis is Python's tuple of one.
    if (values.length > 0 && tokens.peek().text === ')') break;
    values.push(text(tokens));
  } while (tokens.takeWords(','));
  if (!tokens.takeWords(')')) throw unexpected(tokens.peek(), ')');
  return values;
}

const orderClause = /^\s*(.*?)(?:\s+(asc|desc))?\s*$/is;

function orderOf(clause: string, scope: SearchScope): OrderBy {
  const [, name = '', direction = 'asc'] = orderClause.exec(clause) ?? [];
  const [token, rest] = tokenize(name);
  if (token?.kind !== 'name' || rest?.kind !== 'end') {
    throw new UserError('invalid', l10n.t('The order "{0}" is not a name with ASC or DESC after it.', clause), {
      next: l10n.t('Put keys with special characters in backticks, as in metrics.`val/loss` DESC.'),
    });
  }
  const field = fieldOf(token.text, scope, 'order', l10n.t('Order "{0}"', clause));
  if (field.kind === 'dataset' || (scope !== 'runs' && field.kind !== 'attribute')) {
    throw new UserError('invalid', l10n.t('The order "{0}" is not possible: MLflow does not sort by it.', clause));
  }
  // MLflow sorts models by the time of the last change under both names.
  const key = scope === 'models' && field.key === 'timestamp' ? 'last_updated_timestamp' : field.key;
  return { field: { kind: field.kind, key }, ascending: direction.toLowerCase() === 'asc' };
}

function unexpected(token: Token, expected: string, next?: string): UserError {
  const sentence =
    token.kind === 'end'
      ? l10n.t('Filter: it ends at character {0} where {1} was expected.', token.position, expected)
      : l10n.t('Filter: expected {0} at character {1}, found "{2}".', expected, token.position, token.text);
  return new UserError('invalid', sentence, next === undefined ? {} : { next });
}
