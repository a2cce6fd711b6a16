import * as l10n from '@vscode/l10n';
import type { Connections } from '../app/connections';
import { nameOf } from '../config/trackingUri';
import { commands } from '../ids';
import type { HintElement } from '../app/elements';

/** What the settings say wrongly, and the servers that a `.env` names: those are offered, never contacted unasked. */
export function registryHints({ problems, offers }: Pick<Connections, 'problems' | 'offers'>): HintElement[] {
  return [
    ...problems.map((text) => hint(text, 'warning', openSettings())),
    ...offers.map((uri) => hint(l10n.t('Add {0}, which .env names…', nameOf(uri)), 'add', addRegistry(uri))),
  ];
}

function hint(text: string, icon: string, command: HintElement['command']): HintElement {
  return { kind: 'hint', id: `//hint/${text}`, text, icon, command };
}

function openSettings(): HintElement['command'] {
  return { id: 'workbench.action.openSettings', title: l10n.t('Open Settings'), args: ['ringside.registries'] };
}

function addRegistry(uri: string): HintElement['command'] {
  return { id: commands.addRegistry, title: l10n.t('Add Registry'), args: [uri] };
}
