import { type Disposable, window } from 'vscode';

/** Whether the person has this window before them. */
export const focus = {
  isHere: (): boolean => window.state.focused,
  onDidReturn: (listener: () => void): Disposable =>
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) listener();
    }),
};
