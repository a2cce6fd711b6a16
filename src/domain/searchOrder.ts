import * as l10n from '@vscode/l10n';
import type { OrderBy } from './searchAst';
import { invalidAt } from './searchErrors';
import { fieldOf, type SearchScope } from './searchFields';
import { type Token, tokenize } from './searchTokens';

/** Reads order clauses such as ``metrics.`val/loss` DESC``; ascending where nothing is said. */
export function parseOrderBy(clauses: readonly string[] | undefined, scope: SearchScope): readonly OrderBy[] {
  return (clauses ?? []).map((clause) => orderOf(clause, scope));
}

function orderOf(clause: string, scope: SearchScope): OrderBy {
  const whole = { start: 0, end: clause.length };
  const { name, direction } = wordsOf(clause) ?? {};
  if (!name) {
    throw invalidAt(whole, l10n.t('The order "{0}" is not a name with ASC or DESC after it.', clause), {
      next: l10n.t('Put keys with special characters in backticks, as in metrics.`val/loss` DESC.'),
    });
  }
  const span = { start: name.start, end: name.start + name.text.length };
  const field = fieldOf({ text: name.text, span, where: l10n.t('Order "{0}"', clause) }, scope, 'order');
  if (field.kind === 'dataset' || (scope !== 'runs' && field.kind !== 'attribute')) {
    throw invalidAt(span, l10n.t('The order "{0}" is not possible: MLflow does not sort by it.', clause));
  }
  return { field, ascending: direction !== 'DESC' };
}

function wordsOf(clause: string): { readonly name: Token; readonly direction: string } | undefined {
  const [name, second, third] = tokenize(clause);
  const direction = second?.kind === 'end' ? 'ASC' : second?.text.toUpperCase();
  if (name?.kind !== 'name' || (third ?? second)?.kind !== 'end') return undefined;
  if (/^(?:asc|desc)$/i.test(name.text)) return undefined;
  return direction === 'ASC' || direction === 'DESC' ? { name, direction } : undefined;
}
