import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';

/** What is kept of the frames that are open, by their ids. */
export class OpenFrames<Kept> {
  private readonly frames = new Map<string, Kept>();

  /** The id of a new frame: no other has it, in a reader that was started again neither. */
  add(kept: Kept): string {
    const id = randomUUID();
    this.frames.set(id, kept);
    return id;
  }

  set(id: string, kept: Kept): void {
    this.frames.set(id, kept);
  }

  /** Throws UserError 'notFound' where it was closed. */
  get(id: string): Kept {
    const kept = this.frames.get(id);
    if (kept !== undefined) return kept;
    throw new UserError('notFound', l10n.t('The table is not open any more.'), { next: l10n.t('Refresh it.') });
  }

  close(id: string): void {
    this.frames.delete(id);
  }
}
