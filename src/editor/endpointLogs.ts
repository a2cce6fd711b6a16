import * as l10n from '@vscode/l10n';
import { type Disposable, type OutputChannel, window } from 'vscode';
import type { Deployments } from '../app/deploy';
import type { Endpoint } from '../domain/target';

/** How often a followed log is read, ms. */
const interval = 500;

/** Follows the log of one endpoint in an output channel: servers log to files, because they outlive the window. */
export class EndpointLogs implements Disposable {
  private channel: OutputChannel | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deployments: Deployments) {}

  show({ id, modelName, version, logFile }: Endpoint): void {
    clearInterval(this.timer);
    const channel = (this.channel ??= window.createOutputChannel(l10n.t('Ringside: Endpoint')));
    channel.replace(`${modelName} v${version}: ${logFile}\n`);
    channel.show(true);
    let position = 0;
    let reading = false;
    const follow = async (): Promise<void> => {
      if (reading) return;
      reading = true;
      // The log of an endpoint that was removed meanwhile just ends.
      const piece = await this.deployments.readLog(id, position).catch(() => ({ text: '', next: position }));
      if (piece.text) channel.append(piece.text);
      position = piece.next;
      reading = false;
    };
    void follow();
    this.timer = setInterval(() => void follow(), interval);
  }

  dispose(): void {
    clearInterval(this.timer);
    this.channel?.dispose();
  }
}
