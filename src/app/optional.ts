import { UserError } from '../domain/errors';

/** The value, or nothing where it is not there (any more): a source that was deleted leaves what it made readable. */
export async function ifFound<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UserError && error.kind === 'notFound') return undefined;
    throw error;
  }
}
