import * as l10n from '@vscode/l10n';
import { commands, env, ProgressLocation, ThemeIcon, Uri, window, type QuickPick, type QuickPickItem } from 'vscode';
import { isCancelled, UserError } from '../domain/errors';
import { signalOf } from './cancellation';
import type { Log } from './log';
import { showPicker } from './showPicker';
import type { Choice, Choices, InputOptions, PickOptions, Ui, Work } from './ui';

/** How long a finished action stays in the status bar, in ms (design.md, Sentences). */
const doneShown = 5_000;

type Item<T> = QuickPickItem & { readonly value: T };

/** The Ui by VS Code's own windows. `commandTitle` names the button of a failure's fixing command. */
export class VscodeUi implements Ui {
  constructor(
    private readonly log: Log,
    private readonly commandTitle: (id: string) => string | undefined,
  ) {}

  async confirm(message: string, options: { readonly detail?: string; readonly action: string }): Promise<boolean> {
    const modal = { modal: true, ...(options.detail === undefined ? {} : { detail: options.detail }) };
    return (await window.showWarningMessage(message, modal, options.action)) === options.action;
  }

  async pick<T>(choices: Choices<T>, options: PickOptions): Promise<T | undefined> {
    const picked = await this.choose(choices, options, false);
    return picked?.[0]?.value;
  }

  async pickMany<T>(choices: Choices<T>, options: PickOptions): Promise<readonly T[] | undefined> {
    const picked = await this.choose(choices, options, true);
    return picked?.map(({ value }) => value);
  }

  async input(options: InputOptions): Promise<string | undefined> {
    const { title, prompt, value, placeholder, password = false, validate } = options;
    return window.showInputBox({
      title,
      password,
      ignoreFocusOut: true,
      ...(prompt === undefined ? {} : { prompt }),
      ...(value === undefined ? {} : { value }),
      ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
      ...(validate === undefined ? {} : { validateInput: validate }),
    });
  }

  async pickFile(options: Parameters<Ui['pickFile']>[0]): Promise<string | undefined> {
    const filters = Object.fromEntries(Object.entries(options.filters ?? {}).map(([name, ends]) => [name, [...ends]]));
    const found = await window.showOpenDialog({
      title: options.title,
      canSelectFolders: options.folder,
      canSelectFiles: !options.folder,
      canSelectMany: false,
      filters,
    });
    return found?.[0]?.fsPath;
  }

  async progress<T>(title: string, work: Work<T>, { cancellable } = { cancellable: true }): Promise<T> {
    const options = { location: ProgressLocation.Notification, title, cancellable };
    return window.withProgress(options, (progress, token) =>
      work((message) => progress.report({ message }), signalOf(token)),
    );
  }

  done(message: string): void {
    window.setStatusBarMessage(message, doneShown);
  }

  async inform(message: string, ...actions: readonly string[]): Promise<string | undefined> {
    return window.showInformationMessage(message, ...actions);
  }

  async openAddress(address: string): Promise<void> {
    // Forwards a loopback address of a remote machine by itself, as asExternalUri does for what is opened otherwise: through both, it would be forwarded twice.
    await env.openExternal(Uri.parse(address, true));
  }

  fail(error: unknown): void {
    if (isCancelled(error)) return;
    if (error instanceof UserError) void this.showRefusal(error);
    else void this.showBug(error);
  }

  private async showRefusal(error: UserError): Promise<void> {
    this.log.warn(error.text, error.cause);
    const { command } = error;
    const fix = command && (this.commandTitle(command.id) ?? l10n.t('Fix'));
    const showLog = l10n.t('Show Log');
    const answer = await window.showErrorMessage(error.text, ...(fix ? [fix, showLog] : [showLog]));
    if (answer === showLog) this.log.show();
    else if (answer !== undefined && command) await commands.executeCommand(command.id, ...(command.args ?? []));
  }

  private async showBug(error: unknown): Promise<void> {
    this.log.error(l10n.t('Something in Ringside itself failed.'), error);
    const showLog = l10n.t('Show Log');
    const reason = error instanceof Error ? error.message : String(error);
    const answer = await window.showErrorMessage(l10n.t('Ringside met a fault of its own: {0}', reason), showLog);
    if (answer === showLog) this.log.show();
  }

  /** The picker opens at once and shows that it loads until the choices are there. */
  private async choose<T>(
    choices: Choices<T>,
    options: PickOptions,
    many: boolean,
  ): Promise<readonly Item<T>[] | undefined> {
    const picker = window.createQuickPick<Item<T>>();
    picker.title = options.title;
    picker.placeholder = options.placeholder;
    picker.canSelectMany = many;
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    try {
      picker.busy = true;
      const answer = answerOf(picker);
      // The person may leave before the choices are there; a failure to load them must reach the caller.
      return await Promise.race([answer, this.load(picker, choices).then(() => answer)]);
    } finally {
      picker.dispose();
    }
  }

  private async load<T>(picker: QuickPick<Item<T>>, choices: Choices<T>): Promise<void> {
    const items = (await choices).map(itemOf);
    picker.items = items;
    const picked = items.filter(({ picked }) => picked);
    if (picker.canSelectMany) picker.selectedItems = picked;
    else picker.activeItems = picked.slice(0, 1);
    picker.busy = false;
  }
}

/** Shows the picker and waits for what is picked; nothing when the person leaves. */
function answerOf<T extends QuickPickItem>(picker: QuickPick<T>): Promise<readonly T[] | undefined> {
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      // Enter while nothing is loaded or matches is no answer.
      if (picker.canSelectMany || picker.selectedItems.length > 0) resolve(picker.selectedItems);
    });
    showPicker(picker, () => resolve(undefined));
  });
}

function itemOf<T>(choice: Choice<T>): Item<T> {
  const { label, description, detail, icon, picked, staysShown, value } = choice;
  return {
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(icon === undefined ? {} : { iconPath: new ThemeIcon(icon) }),
    ...(picked === undefined ? {} : { picked }),
    ...(staysShown && { alwaysShow: true }),
  };
}
