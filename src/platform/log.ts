import { window, type Disposable } from 'vscode';
import { describeCause } from '../domain/describeCause';
import { redact } from '../domain/redact';

/** The one log channel, 'Ringside'. Everything passes through `redact`. */
export class Log implements Disposable {
  private readonly channel = window.createOutputChannel('Ringside', { log: true });

  debug(message: string): void {
    this.channel.debug(redact(message));
  }

  info(message: string): void {
    this.channel.info(redact(message));
  }

  warn(message: string, cause?: unknown): void {
    this.channel.warn(redact(withCause(message, cause)));
  }

  error(message: string, cause?: unknown): void {
    this.channel.error(redact(withCause(message, cause)));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}

function withCause(message: string, cause: unknown): string {
  return cause === undefined ? message : `${message}\n${describeCause(cause)}`;
}
