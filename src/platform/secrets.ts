import type { SecretStorage } from 'vscode';
import { environmentCredentials } from '../config/environment';
import { serverKey } from '../config/trackingUri';
import type { Connection } from '../domain/connection';
import type { Credentials, CredentialSource } from '../domain/ports';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Credentials in VS Code's SecretStorage, kept per server address and asked for by it: whatever name a repository gives
 * to another address, it gets nothing. Where none are kept, the environment's serve the environment's own server.
 */
export class Secrets implements CredentialSource {
  constructor(
    private readonly storage: SecretStorage,
    private readonly environment: Environment,
  ) {}

  async get({ trackingUri }: Connection): Promise<Credentials | undefined> {
    return (await this.stored(trackingUri)) ?? environmentCredentials(this.environment, trackingUri);
  }

  async has(uri: string): Promise<boolean> {
    return (await this.stored(uri)) !== undefined;
  }

  /** Does nothing for what is not a server. */
  async store(uri: string, credentials: Credentials): Promise<void> {
    const key = secretKey(uri);
    if (key !== undefined) await this.storage.store(key, JSON.stringify(credentials));
  }

  async remove(uri: string): Promise<void> {
    const key = secretKey(uri);
    if (key !== undefined) await this.storage.delete(key);
  }

  private async stored(uri: string): Promise<Credentials | undefined> {
    const key = secretKey(uri);
    const text = key === undefined ? undefined : await this.storage.get(key);
    // Only `store` writes under these keys.
    return text === undefined ? undefined : (JSON.parse(text) as Credentials);
  }
}

function secretKey(uri: string): string | undefined {
  const key = serverKey(uri);
  return key === undefined ? undefined : `ringside.credentials:${key}`;
}
