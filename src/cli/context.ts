import type { RegistrySet } from '../app/registrySet';
import type { Registry } from '../domain/ports';
import type { Options } from './options';

/** What a command line works on. */
export interface Context {
  readonly registries: RegistrySet;
  /** Name of the one connection. */
  readonly name: string;
  readonly registry: Registry;
  readonly options: Options;
  readonly signal: AbortSignal;
}
