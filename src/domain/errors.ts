/** What kind of failure a person meets; faces choose icon and fixing action by it. */
export type ErrorKind =
  'unreachable' | 'unauthorized' | 'notFound' | 'conflict' | 'unsupported' | 'invalid' | 'cancelled';

export interface UserErrorOptions {
  /** The next step, as a sentence. */
  readonly next?: string;
  /** Id of a command that does the next step, with its arguments. */
  readonly command?: { readonly id: string; readonly args?: readonly unknown[] };
  /** Where in the text that was given it lies, in UTF-16 units, the end not included; faces underline it. */
  readonly span?: { readonly start: number; readonly end: number };
  /** What happened underneath; for the log only. */
  readonly cause?: unknown;
}

/** A failure that a user can cause or meet: one sentence and what to do. Anything else that is thrown is a bug. */
export class UserError extends Error {
  /** By its name: what is loaded as a file apart has a copy of this class (esbuild.js). */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Error[Symbol.hasInstance](value) && (value as Error).name === 'UserError';
  }

  override readonly name = 'UserError';
  readonly next: string | undefined;
  readonly command: UserErrorOptions['command'] | undefined;
  readonly span: UserErrorOptions['span'] | undefined;

  constructor(
    readonly kind: ErrorKind,
    message: string,
    options: UserErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.next = options.next;
    this.command = options.command;
    this.span = options.span;
  }

  /** The sentence and the next step as one text. */
  get text(): string {
    return this.next ? `${this.message} ${this.next}` : this.message;
  }
}

export function isCancelled(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AbortError' || (error instanceof UserError && error.kind === 'cancelled'))
  );
}
