import * as l10n from '@vscode/l10n';
import { withoutCredentials } from '../../domain/connection';
import { UserError } from '../../domain/errors';
import type { Credentials } from '../../domain/ports';

/** An MLflow server's address; it may have a path of its own (trap 26) and hold a user name and password. */
export class ServerUrl {
  readonly host: string;
  readonly origin: string;
  /** Fit for messages and logs: no credentials, no trailing slash. */
  readonly shown: string;
  readonly credentials: Credentials | undefined;
  /** The address goes on after the host. */
  readonly hasPath: boolean;
  /** The server runs on this machine. */
  readonly isLoopback: boolean;
  private readonly base: string;

  constructor(uri: string) {
    const url = parse(uri);
    this.host = url.host;
    this.origin = url.origin;
    this.base = url.origin + url.pathname.replace(/\/+$/, '');
    this.hasPath = this.base !== url.origin;
    this.shown = this.base;
    this.credentials = credentialsIn(url);
    this.isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(url.hostname);
  }

  /** `path` is below the base and already encoded. */
  join(path: string): string {
    return `${this.base}/${path}`;
  }
}

function parse(uri: string): URL {
  try {
    return new URL(uri);
  } catch (cause) {
    throw new UserError('invalid', l10n.t('“{0}” is not a web address.', withoutCredentials(uri)), {
      next: l10n.t('Write it like http://127.0.0.1:5000.'),
      cause,
    });
  }
}

function credentialsIn(url: URL): Credentials | undefined {
  if (!url.username) return undefined;
  return { kind: 'basic', username: decode(url.username), password: decode(url.password) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The `Authorization` header. */
export function authorization(credentials: Credentials): string {
  if (credentials.kind === 'bearer') return `Bearer ${credentials.token}`;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}
