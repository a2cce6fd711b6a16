import * as l10n from '@vscode/l10n';
import type { ReducedPoints } from '../../domain/reduce';
import {
  type BrowserSide,
  type ChartRequest,
  type CommonEvents,
  type CommonMethods,
  readyMessage,
} from '../../panels/webview.messages';
import { Channel, type Protocol } from '../../rpc/channel';
import { packNumbers, unpackNumbers } from '../../rpc/numbers';
import { Calm } from './calm';

/** What VS Code gives a webview; it can be asked for once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** While a person scrolls or drags, each frame has another state. */
const keptEveryMs = 200;

/** Asks the host for the lines of one metric, reduced. */
export type ReadLines = (request: ChartRequest, signal: AbortSignal) => Promise<readonly ReducedPoints[]>;

/** Asks where to, and writes a chart there. */
export type Save = (name: string, content: string | Uint8Array) => void;

export interface CommonHost extends Protocol {
  readonly methods: CommonMethods;
  readonly events: CommonEvents;
}

/** The browser's end: the channel to the host, and the state that VS Code keeps over hide, reload and restart. */
export class Host<H extends CommonHost, S extends object> {
  readonly channel: Channel<BrowserSide, H>;
  /** The same channel as what every host answers: TypeScript cannot see through H. */
  readonly common: Channel<BrowserSide, CommonHost>;
  private readonly api = acquireVsCodeApi();
  private current = (this.api.getState() ?? {}) as Partial<S>;
  private readonly saving = keeper(() => this.api.setState(this.current));

  constructor() {
    this.channel = new Channel<BrowserSide, H>(
      {
        post: (message) => this.api.postMessage(packNumbers(message)),
        listen: (listener) => {
          const onMessage = (event: MessageEvent): void => listener(unpackNumbers(event.data));
          window.addEventListener('message', onMessage);
          return { dispose: () => window.removeEventListener('message', onMessage) };
        },
      },
      {},
    );
    this.common = this.channel;
    this.api.postMessage(readyMessage);
  }

  readonly saveChart: Save = (name, content) => void this.common.request('saveChart', { name, content });

  get state(): Partial<S> {
    return this.current;
  }

  saveState(change: Partial<S>): void {
    this.current = { ...this.current, ...change };
    this.saving.ask();
  }
}

/** Before the first sentence is drawn. */
export function useSentences(bundle: Readonly<Record<string, string>>): void {
  if (Object.keys(bundle).length > 0) l10n.config({ contents: bundle });
}

/** For what is kept of a page; what is owed is kept when the page goes. */
export function keeper(keep: () => void): Calm {
  const calm = new Calm(keep, keptEveryMs);
  window.addEventListener('pagehide', () => calm.flush());
  document.addEventListener('visibilitychange', () => calm.flush());
  return calm;
}
