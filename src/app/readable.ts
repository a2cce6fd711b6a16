import { isCancelled, UserError } from '../domain/errors';

/**
 * A part of a page that may be missing: where it cannot be read the rest is shown, and `missing` gets the sentence. What
 * is not there, or what the store has no notion of, needs none.
 */
export async function readable<T>(reading: Promise<T>, otherwise: T, missing: string[]): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof UserError) || isCancelled(error)) throw error;
    if (error.kind !== 'notFound' && error.kind !== 'unsupported') missing.push(error.message);
    return otherwise;
  }
}
