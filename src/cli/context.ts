import type { RegistrySet } from '../app/registrySet';
import type { Registry } from '../domain/ports';
import type { Options } from './options';

export type Command = (context: Context, words: readonly string[]) => Promise<unknown>;

/** What a command line works on. */
export interface Context {
  readonly registries: RegistrySet;
  /** Name of the one connection. */
  readonly name: string;
  readonly registry: Registry;
  readonly options: Options;
  /** A remark beside the answer, on standard error. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}
