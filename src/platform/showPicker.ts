import type { QuickInput } from 'vscode';

/** ms: a picker that closes sooner was closed by nobody, who has not seen it yet. */
const unseen = 300;

/**
 * Shows a picker and says when the person leaves it. A page that had the focus before the palette gets it back from
 * VS Code some 50 ms after the command has begun, which closes a picker that came in between: it is shown again, once.
 */
export function showPicker(picker: Pick<QuickInput, 'show' | 'onDidHide'>, left: () => void): void {
  const begun = performance.now();
  let isAgain = false;
  picker.onDidHide(() => {
    const isUnseen = !isAgain && performance.now() - begun < unseen;
    isAgain = true;
    if (isUnseen) picker.show();
    else left();
  });
  picker.show();
}
