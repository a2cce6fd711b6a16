import type { Choices, InputOptions, PickOptions, Ui, Work } from './ui';

/** Lets a test put scripted answers in the place of VS Code's windows while the commands keep their `Ui`. */
export class SwitchableUi implements Ui {
  constructor(private current: Ui) {}

  readonly setUi = (ui: Ui): void => {
    this.current = ui;
  };

  confirm(message: string, options: { readonly detail?: string; readonly action: string }): Promise<boolean> {
    return this.current.confirm(message, options);
  }

  pick<T>(choices: Choices<T>, options: PickOptions): Promise<T | undefined> {
    return this.current.pick(choices, options);
  }

  pickMany<T>(choices: Choices<T>, options: PickOptions): Promise<readonly T[] | undefined> {
    return this.current.pickMany(choices, options);
  }

  input(options: InputOptions): Promise<string | undefined> {
    return this.current.input(options);
  }

  pickFile(options: Parameters<Ui['pickFile']>[0]): Promise<string | undefined> {
    return this.current.pickFile(options);
  }

  progress<T>(title: string, work: Work<T>, options?: { readonly cancellable: boolean }): Promise<T> {
    return this.current.progress(title, work, options);
  }

  done(message: string): void {
    this.current.done(message);
  }

  inform(message: string, ...actions: readonly string[]): Promise<string | undefined> {
    return this.current.inform(message, ...actions);
  }

  openAddress(address: string): Promise<void> {
    return this.current.openAddress(address);
  }

  fail(error: unknown): void {
    this.current.fail(error);
  }
}
