import { Uri, type TextDocumentContentProvider, window, workspace, type Disposable } from 'vscode';
import type { Trial } from '../app/deploy';

const scheme = 'ringside-answer';

/** A model's answers as read-only documents, so that closing one asks nothing. */
export class Answers implements TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = workspace.registerTextDocumentContentProvider(scheme, this);
  private readonly closing = workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString()));
  private count = 0;

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async show({ endpoint, payload, answer }: Trial): Promise<void> {
    this.count += 1;
    const path = `/${endpoint.modelName} v${endpoint.version} answer ${this.count}.json`;
    const uri = Uri.from({ scheme, path });
    this.texts.set(uri.toString(), textOf(payload, answer.status, answer.latencyMs, answer.body, endpoint.url));
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.closing.dispose();
  }
}

function textOf(payload: string, status: number, latencyMs: number, body: string, url: string): string {
  const latency = Math.round(latencyMs * 10) / 10;
  const shown = {
    endpoint: `${url}/invocations`,
    status,
    latency_ms: latency,
    answer: parsed(body),
    request: parsed(payload),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

/** Some answers say JSON and are text (deploy-verified.md §1.3). */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
