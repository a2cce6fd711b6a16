import * as l10n from '@vscode/l10n';
import { ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { type ArtifactAddress, artifactUriPath } from '../../app/artifactAddress';
import type { RegistrySet } from '../../app/registrySet';
import { UserError } from '../../domain/errors';
import type { Disposable } from '../../domain/ports';
import { commands, panels } from '../../ids';
import type { Settings } from '../../platform/settings';
import { htmlDocument } from './htmlDocument';

export interface HtmlServices {
  readonly registries: RegistrySet;
  readonly settings: Pick<Settings, 'artifactPreviewLimit'>;
}

interface Shown {
  readonly panel: WebviewPanel;
  readonly address: ArtifactAddress;
  readonly html: string;
}

const megabyte = 1024 * 1024;

/**
 * HTML artifacts, each in a panel of its own: nothing is asked of the host, nothing loaded, and scripts stay off until
 * somebody asks for them in a trusted workspace.
 */
export class HtmlPanels implements Disposable {
  private readonly shown = new Map<string, Shown>();

  constructor(private readonly services: HtmlServices) {}

  async show(address: ArtifactAddress): Promise<void> {
    const key = artifactUriPath(address);
    const known = this.shown.get(key);
    if (known) {
      known.panel.reveal();
      return;
    }
    const html = await this.read(address);
    const panel = window.createWebviewPanel(panels.html, nameOf(address), ViewColumn.Active, {
      localResourceRoots: [],
    });
    this.shown.set(key, { panel, address, html });
    panel.onDidDispose(() => this.shown.delete(key));
    panel.webview.html = htmlDocument(html, { scripts: false });
  }

  /** The name of the page in front, where its scripts could be run. */
  get inFront(): string | undefined {
    const front = this.front;
    return front && nameOf(front.address);
  }

  /** Draws the page in front anew, its scripts allowed. */
  runScripts(): void {
    if (!workspace.isTrusted) {
      throw new UserError('unsupported', l10n.t('Scripts of artifacts run only in a trusted workspace.'), {
        next: l10n.t('Trust it with Manage Workspace Trust.'),
        command: { id: 'workbench.trust.manage' },
      });
    }
    const { front } = this;
    if (!front) throw new UserError('invalid', l10n.t('Open an HTML artifact first.'));
    front.panel.webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [] };
    front.panel.webview.html = htmlDocument(front.html, { scripts: true });
  }

  dispose(): void {
    for (const { panel } of this.shown.values()) panel.dispose();
  }

  private get front(): Shown | undefined {
    return [...this.shown.values()].find(({ panel }) => panel.active);
  }

  private async read(address: ArtifactAddress): Promise<string> {
    const { registries, settings } = this.services;
    const { registry, root, path } = address;
    const limit = settings.artifactPreviewLimit.value;
    const query = { root, path, maxBytes: limit * megabyte };
    const { bytes, truncated } = await registries.get(registry).artifacts.read(query);
    if (!truncated) return new TextDecoder().decode(bytes);
    throw new UserError(
      'invalid',
      l10n.t("'{0}' is larger than {1} MB, up to which artifacts are opened.", nameOf(address), limit),
      { next: l10n.t('Download it.'), command: { id: commands.download, args: [address] } },
    );
  }
}

function nameOf({ path }: ArtifactAddress): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
