/** One choice of a picker; `value` is what comes back. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  readonly picked?: boolean;
  /** Stays, whatever is typed to find others. */
  readonly staysShown?: boolean;
  readonly value: T;
}

/** The choice of what is not there yet. */
export function newChoice<T>(label: string, value: T): Choice<T> {
  return { label, icon: 'add', staysShown: true, value };
}

/** Choices that are still being read show as loading. */
export type Choices<T> = readonly Choice<T>[] | Promise<readonly Choice<T>[]>;

export interface PickOptions {
  readonly title: string;
  readonly placeholder?: string;
}

export interface InputOptions {
  readonly title: string;
  readonly prompt?: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** The sentence that says what is wrong with what was typed, or nothing. */
  readonly validate?: (value: string) => string | undefined;
}

export type Work<T> = (report: (step: string) => void, signal: AbortSignal) => Promise<T>;

/**
 * How commands talk with a person. Commands get it by constructor, so that host tests can script the answers (VS Code
 * refuses modal dialogs in tests). Every method that asks resolves to undefined or false when the person backs out.
 */
export interface Ui {
  /** A modal question with one action; the destructive answer is never the default. */
  confirm(message: string, options: { readonly detail?: string; readonly action: string }): Promise<boolean>;
  pick<T>(choices: Choices<T>, options: PickOptions): Promise<T | undefined>;
  pickMany<T>(choices: Choices<T>, options: PickOptions): Promise<readonly T[] | undefined>;
  input(options: InputOptions): Promise<string | undefined>;
  pickFile(options: {
    readonly title: string;
    readonly folder: boolean;
    readonly filters?: Readonly<Record<string, readonly string[]>>;
  }): Promise<string | undefined>;
  /** Runs work under a progress with Cancel, unless nothing can stop it; `report` names the step. */
  progress<T>(title: string, work: Work<T>, options?: { readonly cancellable: boolean }): Promise<T>;
  /** A status-bar sentence that hides after five seconds. */
  done(message: string): void;
  /** A sentence with actions; for what cannot be seen elsewhere. */
  inform(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  /** A web address in the person's browser. */
  openAddress(address: string): Promise<void>;
  /** A UserError as its sentence, next step and Show Log; anything else is a bug, logged with its stack. Cancelled says nothing. */
  fail(error: unknown): void;
}
