import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../domain/format';

interface Loading {
  readonly more: () => boolean;
  /** Rows that are loaded so far. */
  readonly loaded: () => number;
  /** Whether more came. */
  readonly loadMore: (signal: AbortSignal) => Promise<boolean>;
  /** Whether it is known which of the loaded rows match. */
  readonly isKnown: () => boolean;
  /** Selects those. */
  readonly select: () => void;
  readonly say: (words: string) => void;
  readonly changed: () => void;
}

/** Selects all that match, of a server once they are loaded, a page at a time, unless a person has seen enough before. */
export class SelectAll {
  private stopping: AbortController | undefined;
  /** All are loaded. */
  private isWhole = false;

  constructor(private readonly loading: Loading) {}

  /** How far it is; nothing while nothing is loaded. */
  get words(): string | undefined {
    return this.stopping && l10n.t('Loading all that match: {0} so far', formatNumber(this.loading.loaded()));
  }

  stop(): void {
    this.stopping?.abort();
    this.isWhole = false;
  }

  async begin(): Promise<void> {
    const { say, loaded, changed } = this.loading;
    say('');
    this.isWhole = await this.run();
    if (this.isWhole) changed();
    else say(l10n.t('{0} runs are loaded, the server has more', formatNumber(loaded())));
  }

  /** Whenever the page has drawn: of many rows a worker finds out which match. */
  finish(): void {
    if (!this.isWhole || !this.loading.isKnown()) return;
    this.isWhole = false;
    this.loading.select();
  }

  /** Whether all are there. */
  async run(): Promise<boolean> {
    if (this.stopping) return false;
    const { signal } = (this.stopping = new AbortController());
    const { more, loadMore, changed } = this.loading;
    changed();
    try {
      while (more() && !signal.aborted && (await loadMore(signal)));
    } finally {
      this.stopping = undefined;
      changed();
    }
    return !signal.aborted && !more();
  }
}
