import * as l10n from '@vscode/l10n';
import { MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { RegistrySet } from '../app/registrySet';
import type { Disposable } from '../domain/ports';
import { contextKeys } from '../ids';
import { ContextKey } from '../platform/contextKeys';
import { registryContext, statusLook } from './registryContext';

/** The active registry and its state, in the status bar and in the context keys that menus ask. */
export class RegistryStatus implements Disposable {
  private readonly item = window.createStatusBarItem('ringside.registry', StatusBarAlignment.Left, 10);
  private readonly keys = {
    hasRegistry: new ContextKey<boolean>(contextKeys.hasRegistry),
    storeKind: new ContextKey<string>(contextKeys.storeKind),
    canWrite: new ContextKey<boolean>(contextKeys.canWrite),
    hasStages: new ContextKey<boolean>(contextKeys.hasStages),
    hasWorkspaces: new ContextKey<boolean>(contextKeys.hasWorkspaces),
  };
  private readonly subscription: Disposable;

  constructor(private readonly registries: RegistrySet) {
    this.item.name = l10n.t('Ringside Registry');
    this.subscription = registries.onDidChange(() => {
      this.update();
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const { active } = this.registries;
    const state = this.registries.state(active?.name ?? '');
    const context = registryContext(active, state);
    this.keys.hasRegistry.set(context.hasRegistry);
    this.keys.storeKind.set(context.storeKind);
    this.keys.canWrite.set(context.canWrite);
    this.keys.hasStages.set(context.hasStages);
    this.keys.hasWorkspaces.set(context.hasWorkspaces);
    if (!active) {
      this.item.hide();
      return;
    }
    const { text, tooltip, spoken, command } = statusLook(active, state);
    this.item.text = text;
    this.item.command = command;
    this.item.backgroundColor = state.kind === 'failed' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.tooltip = new MarkdownString().appendText(tooltip);
    this.item.accessibilityInformation = { label: spoken };
    this.item.show();
  }
}
