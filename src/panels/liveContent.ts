import { sameContent } from '../app/same';
import type { Shown } from '../domain/changes';
import { UserError } from '../domain/errors';
import { type Ref, versionOf } from '../domain/ref';

/**
 * What a page shows, read again behind it: the page is told only where the new reading differs, and then gets that one
 * rather than a third.
 */
export class LiveContent<C> {
  private given: C | undefined;
  private ahead: C | undefined;
  private lost = false;
  /** Moves when the page is given or is to be given something else: a refresh that began before is of the past. */
  private generation = 0;

  constructor(
    private readonly read: (signal?: AbortSignal) => Promise<C>,
    private readonly differs: (before: C, after: C) => void,
    /** What the page shows was deleted for good: the page is to ask again, and to say so. Told once. */
    private readonly gone: () => void = () => undefined,
  ) {}

  /** What the page last got. */
  get current(): C | undefined {
    return this.given;
  }

  /** For the page that asks. */
  async give(signal: AbortSignal): Promise<C> {
    const content = this.ahead ?? (await this.read(signal));
    this.generation++;
    this.ahead = undefined;
    this.given = content;
    return content;
  }

  async refresh(): Promise<boolean> {
    const { given, generation } = this;
    if (given === undefined) return false;
    const next = await this.readAgain();
    if (next === undefined) return true;
    if (this.generation !== generation || sameContent(given, next)) return false;
    this.ahead = next;
    this.differs(given, next);
    return true;
  }

  private async readAgain(): Promise<C | undefined> {
    try {
      const next = await this.read();
      this.lost = false;
      return next;
    } catch (error) {
      if (!(error instanceof UserError) || error.kind !== 'notFound' || this.lost) throw error;
      this.lost = true;
      this.gone();
      return undefined;
    }
  }

  /** The page is to be given a new reading. */
  forget(): void {
    this.generation++;
    this.ahead = undefined;
  }
}

/** What a panel of runs and versions shows of a registry; nothing where none is of it. */
export function shownOf(
  registry: string,
  items: readonly { readonly ref: Ref; readonly run?: { readonly runId: string; readonly experimentId: string } }[],
): Shown | undefined {
  const own = items.filter(({ ref }) => ref.registry === registry);
  if (own.length === 0) return undefined;
  const models = own.flatMap(({ ref }) => (ref.kind === 'version' ? [versionOf(ref).name] : []));
  const runs = own.flatMap(({ run }) => (run ? [{ experimentId: run.experimentId, runId: run.runId }] : []));
  return { experimentIds: [], runs, models, expandedModels: models, folders: [] };
}
