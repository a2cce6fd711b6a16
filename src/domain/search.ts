import * as l10n from '@vscode/l10n';
import type { UserError } from './errors';
import { type Comparator, type Comparison, type Condition, type Filter, type Group, isGroup } from './searchAst';
import type { SearchField, Span } from './searchAst';
import { invalidAt } from './searchErrors';
import { allComparatorsOf, comparatorsOf, fieldOf, holdsNumbers, isNumeric, type SearchScope } from './searchFields';
import { parseList } from './searchLists';
import { tokenize, unquoted, type Token } from './searchTokens';

export { parseOrderBy } from './searchOrder';

/** As deep as MLflow's own parser goes. */
const deepest = 100;

/**
 * Reads MLflow's filter grammar (mlflow.md §1.15) and what Ringside adds to it: OR, NOT, parentheses, lists and IS
 * NULL for every field, numbers in params and tags. Throws UserError 'invalid' with the span where it stopped.
 */
export function parseFilter(filter: string | undefined, scope: SearchScope): Filter {
  const parser = new FilterParser(filter ?? '', scope);
  return parser.whole();
}

class FilterParser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly scope: SearchScope,
  ) {
    this.tokens = tokenize(source);
  }

  whole(): Filter {
    if (this.peek().kind === 'end') return [];
    const filter = this.alternatives();
    if (this.peek().kind !== 'end') throw unexpected(this.peek(), 'AND');
    return filter;
  }

  private alternatives(): readonly Condition[] {
    const { start } = this.peek();
    const parts = [this.conditions()];
    while (this.takeWords('OR')) parts.push(this.conditions());
    const [only, ...others] = parts;
    if (only && others.length === 0) return only;
    if (parts.some((part) => part.length === 0)) throw unexpected(this.peek(), l10n.t('a comparison'));
    const span = { start, end: this.end() };
    return [{ operator: 'OR', parts: parts.map((part) => allOf(part, span)), span }];
  }

  /** MLflow takes an AND for a blank: there may be several, or none, or one at the end. */
  private conditions(): readonly Condition[] {
    const conditions: Condition[] = [];
    for (;;) {
      const joined = this.takeAnds();
      const token = this.peek();
      if (token.kind === 'end' || token.text === ')' || isWord(token, 'OR')) return conditions;
      const condition = this.condition();
      if (!joined && !mayFollow(condition, conditions.at(-1))) throw unexpected(token, 'AND');
      conditions.push(condition);
    }
  }

  private takeAnds(): boolean {
    let found = false;
    while (this.takeWords('AND')) found = true;
    return found;
  }

  private condition(): Condition {
    const token = this.peek();
    const negated = isWord(token, 'NOT');
    if (!negated && token.text !== '(') return this.comparison();
    if (++this.depth > deepest) throw unexpected(token, l10n.t('no more than {0} parentheses in each other', deepest));
    this.at++;
    const parts = negated ? [this.condition()] : this.parenthesised();
    this.depth--;
    return { operator: negated ? 'NOT' : 'AND', parts, span: { start: token.start, end: this.end() } };
  }

  private parenthesised(): readonly Condition[] {
    const parts = this.alternatives();
    if (parts.length === 0) throw unexpected(this.peek(), l10n.t('a comparison'));
    if (!this.takeWords(')')) throw unexpected(this.peek(), ')');
    return parts;
  }

  private comparison(): Comparison {
    const { scope } = this;
    const name = this.next();
    if (name.kind !== 'name') throw unexpected(name, l10n.t('a name such as metrics.accuracy'));
    const where = l10n.t('Filter, character {0}', name.start + 1);
    const field = fieldOf({ text: name.text, span: spanOf(name), where }, scope, 'filter');
    const { comparator, exact } = this.comparator(field);
    const value = this.value(field, comparator);
    const isNative = exact && comparatorsOf(field, scope).includes(comparator) && isNativeValue(value, field, scope);
    return {
      field,
      comparator,
      ...(value !== undefined && { value }),
      span: { start: name.start, end: this.end() },
      ...(!isNative && { beyond: `${name.text} ${comparator}` }),
    };
  }

  private comparator(field: SearchField): { readonly comparator: Comparator; readonly exact: boolean } {
    const token = this.peek();
    const written = this.takeComparator();
    const comparator = allComparatorsOf(field, this.scope).find((known) => known === written);
    if (!comparator) throw unexpected(token, l10n.t('one of {0}', comparatorsOf(field, this.scope).join(', ')));
    // MLflow's parser knows NOT NULL with one blank only.
    const exact = comparator !== 'IS NOT NULL' || /not null$/i.test(this.source.slice(token.start, this.end()));
    return { comparator, exact };
  }

  private takeComparator(): string {
    if (this.takeWords('IS', 'NOT', 'NULL')) return 'IS NOT NULL';
    if (this.takeWords('IS', 'NULL')) return 'IS NULL';
    if (this.takeWords('NOT', 'IN')) return 'NOT IN';
    return this.next().text.toUpperCase();
  }

  private value(field: SearchField, comparator: Comparator): Comparison['value'] {
    if (comparator === 'IS NULL' || comparator === 'IS NOT NULL') return undefined;
    if (comparator === 'IN' || comparator === 'NOT IN') return this.list();
    if (isNumeric(field, this.scope)) return this.number(field);
    const token = this.peek();
    const isOrder = ['>', '>=', '<', '<='].includes(comparator);
    if (isOrder || (token.kind === 'number' && holdsNumbers(field))) return this.number(field);
    return this.text();
  }

  private number(field: SearchField): number {
    const token = this.next();
    // MLflow takes the number of a version in quotes too.
    const quoted = field.key === 'version_number' && isText(token) && /^.-?\d+.$/.test(token.text);
    if (token.kind !== 'number' && !quoted) throw unexpected(token, l10n.t('a number without quotes'));
    return Number(unquoted(token.text, `'"`));
  }

  private text(): string {
    const token = this.next();
    if (!isText(token)) throw unexpected(token, l10n.t('a value in single or double quotes'));
    return unquoted(token.text, `'"`);
  }

  private list(): readonly string[] {
    const open = this.peek();
    const expected = l10n.t("a list such as ('a', 'b')");
    if (open.text !== '(') throw unexpected(open, expected);
    let depth = 0;
    do {
      const { kind, text } = this.next();
      if (kind === 'end') throw unexpected(this.peek(), ')');
      depth += kind !== 'punctuation' ? 0 : text === '(' ? 1 : text === ')' ? -1 : 0;
    } while (depth > 0);
    const list = parseList(this.source.slice(open.start, this.end()));
    if (list) return list;
    throw unexpected({ ...open, text: this.source.slice(open.start, this.end()) }, expected);
  }

  private peek(ahead = 0): Token {
    const last = this.tokens.length - 1;
    return this.tokens[Math.min(this.at + ahead, last)] ?? { kind: 'end', text: '', start: this.source.length };
  }

  private next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at++;
    return token;
  }

  /** Offset behind what was read last. */
  private end(): number {
    const last = this.tokens[this.at - 1];
    return last ? last.start + last.text.length : 0;
  }

  /** Takes the words when they come next, in any case. */
  private takeWords(...words: readonly string[]): boolean {
    const found = words.every((word, i) => isWord(this.peek(i), word));
    if (found) this.at += words.length;
    return found;
  }
}

function isWord({ kind, text }: Token, word: string): boolean {
  return kind !== 'string' && text.toUpperCase() === word;
}

/** Without an AND MLflow finds the next comparison by its sign, or after IS NULL by its name. */
function mayFollow(condition: Condition, before: Condition | undefined): boolean {
  if (!before) return true;
  if (isGroup(condition) || isGroup(before)) return false;
  const isSign = (comparator: Comparator): boolean => !/^(?:IS|IN|NOT)/.test(comparator);
  return isSign(condition.comparator) || before.comparator.startsWith('IS');
}

function allOf(parts: readonly Condition[], span: Span): Condition {
  const [only] = parts;
  const group: Group = { operator: 'AND', parts, span };
  return only && parts.length === 1 ? only : group;
}

function isNativeValue(value: Comparison['value'], field: SearchField, scope: SearchScope): boolean {
  return typeof value !== 'number' || isNumeric(field, scope);
}

function isText(token: Token): boolean {
  return token.kind === 'string' || (token.kind === 'name' && /^".*"$/s.test(token.text));
}

function spanOf({ start, text }: Token): Span {
  return { start, end: start + text.length };
}

/** Longer pieces of a filter say nothing more in a sentence. */
const longestQuoted = 60;

function unexpected(token: Token, expected: string): UserError {
  const { kind, start, text } = token;
  const found = text.length > longestQuoted ? `${text.slice(0, longestQuoted)}…` : text;
  const sentence =
    kind === 'end'
      ? l10n.t('Filter: it ends at character {0} where {1} was expected.', start + 1, expected)
      : l10n.t('Filter: expected {0} at character {1}, found "{2}".', expected, start + 1, found);
  return invalidAt(spanOf(token), sentence);
}
