import * as l10n from '@vscode/l10n';
import { type OutputChannel, window } from 'vscode';
import type { Deployments } from '../app/deploy';
import type { Disposable } from '../domain/ports';
import type { Endpoint } from '../domain/target';
import { followLog, type GrowingLog } from './followLog';

/** Follows the log of one endpoint in an output channel: servers log to files, because they outlive the window. */
export class EndpointLogs implements Disposable {
  private channel: OutputChannel | undefined;
  private following: Disposable | undefined;

  constructor(private readonly deployments: Deployments) {}

  show({ id, modelName, version, logFile }: Endpoint): void {
    this.following?.dispose();
    const channel = (this.channel ??= window.createOutputChannel(l10n.t('Ringside: Endpoint')));
    channel.replace(`${modelName} v${version}: ${logFile}\n`);
    channel.show(true);
    const log: GrowingLog = {
      read: (from) => this.deployments.readLog(id, from),
      append: (text) => channel.append(text),
      grows: () =>
        this.deployments.endpoint(id).then(
          ({ state }) => state !== 'stopped',
          () => false,
        ),
    };
    this.following = followLog(log, timeout);
  }

  dispose(): void {
    this.following?.dispose();
    this.channel?.dispose();
  }
}

function timeout(ms: number, act: () => void): Disposable {
  const timer = setTimeout(act, ms);
  return { dispose: () => clearTimeout(timer) };
}
