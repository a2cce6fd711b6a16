import { EventEmitter, type Uri, type WebviewPanel } from 'vscode';
import type { Disposable } from '../../src/domain/ports';
import type { PanelKind } from '../../src/panels/panelSet';
import { type BrowserSide, readyMessage } from '../../src/panels/webview.messages';
import { Channel, type Protocol } from '../../src/rpc/channel';
import { packNumbers, unpackNumbers } from '../../src/rpc/numbers';

/** The host side of a panel whose browser side a test plays. */
export interface PlayedPanel<H extends Protocol> extends Disposable {
  readonly channel: Channel<BrowserSide, H>;
  readonly title: () => string;
  /** How often the page was told that something changed. */
  readonly changes: () => number;
}

export function playPanel<H extends Protocol, S>(kind: PanelKind<S>, state: S): PlayedPanel<H> {
  const toHost = new EventEmitter<unknown>();
  const toPage = new EventEmitter<unknown>();
  const panel = {
    title: '',
    visible: true,
    webview: {
      onDidReceiveMessage: toHost.event,
      postMessage: (message: unknown) => {
        toPage.fire(message);
        return Promise.resolve(true);
      },
      cspSource: '',
      asWebviewUri: (uri: Uri) => uri,
    },
    onDidChangeViewState: () => ({ dispose: () => undefined }),
  } as unknown as WebviewPanel;
  const connection = kind.connect(panel, state, () => undefined);
  const channel = new Channel<BrowserSide, H>(
    {
      post: (message) => toHost.fire(packNumbers(message)),
      listen: (listener) => toPage.event((message) => listener(unpackNumbers(message))),
    },
    {},
  );
  let changes = 0;
  toPage.event((message) => (changes += Number((message as { event?: string }).event === 'changed')));
  toHost.fire(readyMessage);
  return {
    channel,
    title: () => panel.title,
    changes: () => changes,
    dispose: () => {
      channel.dispose();
      connection.dispose();
    },
  };
}
