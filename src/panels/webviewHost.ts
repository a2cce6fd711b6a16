import { Uri, type Webview } from 'vscode';
import type { Disposable } from '../domain/ports';
import { Channel, type Handlers, type Protocol } from '../rpc/channel';
import { packNumbers, unpackNumbers } from '../rpc/numbers';
import { type BrowserSide, readyMessage } from './webview.messages';

/** A page of dist/webview: its script is `<entry>.main.js`, its one element `<rs-entry>`. */
export type Entry = 'run' | 'runs' | 'compare' | 'metrics' | 'version';

/** Of the build: the files that each page's script imports at once. */
declare const PAGE_IMPORTS: Readonly<Record<string, readonly string[]>>;

/** Serves a page to a webview. Nothing but the build's output can be loaded, and no data stands in the HTML. */
export function loadPage(webview: Webview, extensionUri: Uri, entry: Entry): void {
  const dist = Uri.joinPath(extensionUri, 'dist');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const script = `${entry}.main.js`;
  const addressOf = (file: string): string => webview.asWebviewUri(Uri.joinPath(dist, 'webview', file)).toString();
  webview.html = pageHtml({
    entry,
    nonce: crypto.randomUUID(),
    cspSource: webview.cspSource,
    script: addressOf(script),
    imports: (PAGE_IMPORTS[script] ?? []).map(addressOf),
    font: webview.asWebviewUri(Uri.joinPath(dist, 'codicon.ttf')).toString(),
  });
}

interface PageParts {
  readonly entry: Entry;
  readonly nonce: string;
  readonly cspSource: string;
  readonly script: string;
  readonly imports: readonly string[];
  readonly font: string;
}

function pageHtml({ entry, nonce, cspSource, script, imports, font }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    // Images that the page was sent as bytes: it can load none by address.
    'img-src blob:',
    // The worker of a large table, whose script is a part of the page's own.
    ...(entry === 'runs' ? ['worker-src blob:'] : []),
  ].join('; ');
  const fetched = [script, ...imports].map((file) => `<link rel="modulepreload" nonce="${nonce}" href="${file}">`);
  return /* html */ `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${fetched.join('\n')}
<style nonce="${nonce}">@font-face { font-family: codicon; src: url("${font}") format("truetype"); } body { margin: 0; padding: 0; }</style>
</head>
<body>
<rs-${entry}></rs-${entry}>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/**
 * The host's end of a webview. VS Code throws the browser side away when it hides or moves it; each new one says ready
 * and gets a channel of its own, so that no late answer of the one before can reach it.
 */
export class WebviewSession<Host extends Protocol> implements Disposable {
  private channel: Channel<Host, BrowserSide> | undefined;
  private readonly subscription: Disposable;

  constructor(
    private readonly webview: Webview,
    private readonly handlers: Handlers<Host['methods']>,
    private readonly logFailure: (error: unknown) => void,
  ) {
    this.subscription = webview.onDidReceiveMessage((message) => {
      if (message === readyMessage) this.restart();
    });
  }

  emit<K extends keyof Host['events'] & string>(event: K, data: Host['events'][K]): void {
    this.channel?.emit(event, data);
  }

  dispose(): void {
    this.channel?.dispose();
    this.subscription.dispose();
  }

  private restart(): void {
    this.channel?.dispose();
    const { webview } = this;
    this.channel = new Channel<Host, BrowserSide>(
      {
        post: (message) => {
          if (isFailure(message)) this.logFailure(message.error);
          void webview.postMessage(packNumbers(message));
        },
        listen: (listener) => webview.onDidReceiveMessage((message) => listener(unpackNumbers(message))),
      },
      this.handlers,
    );
  }
}

function isFailure(message: unknown): message is { readonly error: unknown } {
  return typeof message === 'object' && message !== null && 'error' in message;
}
