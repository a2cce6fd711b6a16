import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../domain/format';

interface Loading {
  readonly more: () => boolean;
  /** Rows that are loaded so far. */
  readonly loaded: () => number;
  readonly loadMore: (signal: AbortSignal) => Promise<void>;
  readonly changed: () => void;
}

/** Loads all of a server that match, a page at a time, until they are there or a person has seen enough. */
export class SelectAll {
  private stopping: AbortController | undefined;

  constructor(private readonly loading: Loading) {}

  /** How far it is; nothing while nothing is loaded. */
  get words(): string | undefined {
    return this.stopping && l10n.t('Loading all that match: {0} so far', formatNumber(this.loading.loaded()));
  }

  stop(): void {
    this.stopping?.abort();
  }

  /** Whether all are there. */
  async run(): Promise<boolean> {
    if (this.stopping) return false;
    const { signal } = (this.stopping = new AbortController());
    const { more, loadMore, changed } = this.loading;
    changed();
    try {
      while (more() && !signal.aborted) await loadMore(signal);
    } finally {
      this.stopping = undefined;
      changed();
    }
    return !signal.aborted && !more();
  }
}
