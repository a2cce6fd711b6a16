import {
  type Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  type Disposable as VscodeDisposable,
} from 'vscode';
import type { Disposable } from '../domain/ports';
import { type Entry, loadPage } from './webviewHost';

/** What a kind of panel brings; S is what VS Code keeps of one over reload and restart. */
export interface PanelKind<S> {
  readonly viewType: string;
  readonly entry: Entry;
  /** Equal keys share one panel. */
  keyOf(state: S): string;
  /** A title to begin with; `connect` may set a better one. */
  titleOf(state: S): string;
  /** The state that the browser saved, or nothing where it cannot be used. */
  readState(saved: unknown): S | undefined;
  /** Answers the panel's messages until disposed. `rekey` tells that the panel shows something else now. */
  connect(panel: WebviewPanel, state: S, rekey: (state: S) => void): Disposable;
}

/** The open panels of one kind: one per key, revealed when asked for again, restored after a restart. */
export class PanelSet<S> implements WebviewPanelSerializer<S>, VscodeDisposable {
  private readonly panels = new Map<WebviewPanel, string>();
  private readonly registration: VscodeDisposable;

  constructor(
    private readonly extensionUri: Uri,
    private readonly kind: PanelKind<S>,
  ) {
    this.registration = window.registerWebviewPanelSerializer(kind.viewType, this);
  }

  show(state: S): void {
    const key = this.kind.keyOf(state);
    for (const [panel, known] of this.panels) {
      if (known !== key) continue;
      panel.reveal();
      return;
    }
    const title = this.kind.titleOf(state);
    this.adopt(window.createWebviewPanel(this.kind.viewType, title, ViewColumn.Active, {}), state);
  }

  deserializeWebviewPanel(panel: WebviewPanel, saved: unknown): Promise<void> {
    const state = this.kind.readState(saved);
    if (state === undefined) panel.dispose();
    else this.adopt(panel, state);
    return Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    for (const panel of this.panels.keys()) panel.dispose();
  }

  private adopt(panel: WebviewPanel, state: S): void {
    this.panels.set(panel, this.kind.keyOf(state));
    const connection = this.kind.connect(panel, state, (next) => {
      // It may have been closed while the person was asked.
      if (this.panels.has(panel)) this.panels.set(panel, this.kind.keyOf(next));
    });
    panel.onDidDispose(() => {
      this.panels.delete(panel);
      connection.dispose();
    });
    loadPage(panel.webview, this.extensionUri, this.kind.entry);
  }
}
