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

/** What VS Code gives a webview; it can be asked for once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Asks the host for the lines of one metric, reduced. */
export type ReadLines = (request: ChartRequest, signal: AbortSignal) => Promise<readonly ReducedPoints[]>;

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

  get state(): Partial<S> {
    return this.api.getState() ?? {};
  }

  saveState(change: Partial<S>): void {
    this.api.setState({ ...this.state, ...change });
  }
}

/** Before the first sentence is drawn. */
export function useSentences(bundle: Readonly<Record<string, string>>): void {
  if (Object.keys(bundle).length > 0) l10n.config({ contents: bundle });
}
