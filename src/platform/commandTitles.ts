import * as l10n from '@vscode/l10n';
import type { ExtensionContext } from 'vscode';

interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string; readonly title: string }[] };
}

/**
 * Titles of the commands that fix a failure, in the person's language: ours as the manifest that VS Code loaded has
 * them, and VS Code's own that we lead to, whose titles no API gives.
 */
export function commandTitles(context: ExtensionContext): (id: string) => string | undefined {
  const manifest = context.extension.packageJSON as Manifest;
  const own: Readonly<Record<string, string>> = { 'workbench.trust.manage': l10n.t('Manage Workspace Trust') };
  return (id) => own[id] ?? manifest.contributes?.commands?.find(({ command }) => command === id)?.title;
}
