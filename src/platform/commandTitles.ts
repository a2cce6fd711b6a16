import type { ExtensionContext } from 'vscode';

interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string; readonly title: string }[] };
}

/** Titles of our commands in the person's language, as the manifest that VS Code loaded has them. */
export function commandTitles(context: ExtensionContext): (id: string) => string | undefined {
  const manifest = context.extension.packageJSON as Manifest;
  return (id) => manifest.contributes?.commands?.find(({ command }) => command === id)?.title;
}
