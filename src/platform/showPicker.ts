import type { QuickPick, QuickPickItem } from 'vscode';

/** ms: a picker that closes sooner after its first choice shows was closed by nobody, who has not seen it yet. */
const unseen = 300;
/** ms: by then a picker shows, whether its choices are there or not, also on a machine that is busy. */
const slowest = 2000;

/**
 * Shows a picker and says when the person leaves it. A page that had the focus before the palette gets it back from
 * VS Code some 50 ms after the command has begun, which closes a picker that came in between: it is shown again, once.
 */
export function showPicker<T extends QuickPickItem>(
  picker: Pick<QuickPick<T>, 'show' | 'onDidHide' | 'onDidChangeActive'>,
  left: () => void,
): void {
  let shownAt = performance.now() + slowest;
  let isAgain = false;
  picker.onDidChangeActive(() => (shownAt = Math.min(shownAt, performance.now())));
  picker.onDidHide(() => {
    const isUnseen = !isAgain && performance.now() < shownAt + unseen;
    isAgain = true;
    if (isUnseen) picker.show();
    else left();
  });
  picker.show();
}
