import { UserError, type UserErrorOptions } from './errors';
import type { Span } from './searchAst';

/** What is wrong with a filter or an order, and where. */
export function invalidAt(span: Span, sentence: string, options: UserErrorOptions = {}): UserError {
  return new UserError('invalid', sentence, { ...options, span });
}
