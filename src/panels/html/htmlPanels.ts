import * as l10n from '@vscode/l10n';
import { ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window, workspace } from 'vscode';
import { type ArtifactAddress, artifactUriPath, parseArtifactUriPath } from '../../app/artifactAddress';
import type { RegistrySet } from '../../app/registrySet';
import { UserError } from '../../domain/errors';
import type { Disposable } from '../../domain/ports';
import { commands, panels } from '../../ids';
import type { Remembered } from '../../platform/memento';
import type { Settings } from '../../platform/settings';
import type { Ui } from '../../platform/ui';
import { failureDocument, htmlDocument } from './htmlDocument';

export interface HtmlServices {
  readonly registries: RegistrySet;
  readonly settings: Pick<Settings, 'artifactPreviewLimit'>;
  /** Paths of the addresses of the open pages. */
  readonly openPages: Pick<Remembered<readonly string[]>, 'value' | 'set'>;
  readonly ui: Pick<Ui, 'progress'>;
}

interface Shown {
  readonly panel: WebviewPanel;
  readonly address: ArtifactAddress;
  /** Absent where it could not be read. */
  readonly html?: string;
}

const megabyte = 1024 * 1024;
/** Pages that are remembered: of a tab that was closed before it was drawn again nobody tells. */
const mostRemembered = 50;

/**
 * HTML artifacts, each in a panel of its own: nothing is asked of the host, nothing loaded, and scripts stay off until
 * somebody asks for them in a trusted workspace. A page without scripts can keep no state for VS Code to restore it by,
 * so that the addresses are remembered here and found by the tab's title.
 */
export class HtmlPanels implements WebviewPanelSerializer, Disposable {
  private readonly shown = new Map<string, Shown>();
  private readonly opening = new Map<string, Promise<void>>();
  private readonly registration: Disposable;
  private ended = false;

  constructor(
    private readonly services: HtmlServices,
    private readonly viewType: string = panels.html,
  ) {
    this.registration = window.registerWebviewPanelSerializer(viewType, this);
  }

  async show(address: ArtifactAddress): Promise<void> {
    const key = artifactUriPath(address);
    const known = this.shown.get(key);
    known?.panel.reveal();
    if (known?.html !== undefined) return;
    const opening = this.opening.get(key) ?? this.open(address).finally(() => this.opening.delete(key));
    this.opening.set(key, opening);
    await opening;
  }

  /** After a reload or restart; its scripts are off again. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    const address = this.addressOf(panel.title);
    if (!address) {
      panel.dispose();
      return;
    }
    this.adopt(panel, address);
    try {
      await this.services.registries.ready();
      this.draw({ panel, address, html: await this.read(address) });
    } catch (error) {
      panel.webview.options = { enableCommandUris: [commands.openHtml], localResourceRoots: [] };
      panel.webview.html = failureDocument(error, commands.openHtml, address);
    }
  }

  /** The name of the page in front, whose scripts may be run; refused where none may. */
  runnable(): string {
    return nameOf(this.trustedFront().address);
  }

  /** Draws the page in front anew, its scripts allowed. */
  runScripts(): void {
    const { panel, html } = this.trustedFront();
    panel.webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [] };
    panel.webview.html = htmlDocument(html, { scripts: true });
  }

  private trustedFront(): Required<Shown> {
    if (!workspace.isTrusted) {
      throw new UserError('unsupported', l10n.t('Scripts of artifacts run only in a trusted workspace.'), {
        next: l10n.t('Trust it with Manage Workspace Trust.'),
        command: { id: 'workbench.trust.manage' },
      });
    }
    const { front } = this;
    if (front?.html === undefined) throw new UserError('invalid', l10n.t('Open an HTML artifact first.'));
    return { ...front, html: front.html };
  }

  dispose(): void {
    this.ended = true;
    this.registration.dispose();
    for (const { panel } of this.shown.values()) panel.dispose();
  }

  private get front(): Shown | undefined {
    return [...this.shown.values()].find(({ panel }) => panel.active);
  }

  private async open(address: ArtifactAddress): Promise<void> {
    const html = await this.services.ui.progress(l10n.t('Opening {0}', nameOf(address)), (_report, signal) =>
      this.read(address, signal),
    );
    const known = this.shown.get(artifactUriPath(address));
    const panel = known?.panel ?? window.createWebviewPanel(this.viewType, nameOf(address), ViewColumn.Active, {});
    if (!known) this.adopt(panel, address);
    this.draw({ panel, address, html });
  }

  private adopt(panel: WebviewPanel, address: ArtifactAddress): void {
    const key = artifactUriPath(address);
    this.shown.set(key, { panel, address });
    this.remember(key, true);
    panel.onDidDispose(() => {
      this.shown.delete(key);
      // The end of the window is not the end of its tabs.
      if (!this.ended) this.remember(key, false);
    });
  }

  private remember(key: string, open: boolean): void {
    const { openPages } = this.services;
    const others = openPages.value.filter((each) => each !== key);
    void openPages.set(open ? [...others, key].slice(-mostRemembered) : others);
  }

  private draw(shown: Shown): void {
    this.shown.set(artifactUriPath(shown.address), shown);
    shown.panel.webview.options = { localResourceRoots: [] };
    shown.panel.webview.html = htmlDocument(shown.html ?? '', { scripts: false });
  }

  /** Of pages with the same name the first that is not there yet: their tabs may change places. */
  private addressOf(title: string): ArtifactAddress | undefined {
    const waiting = this.services.openPages.value.filter((key) => !this.shown.has(key)).map(parseArtifactUriPath);
    return waiting.find((address) => nameOf(address) === title);
  }

  private async read(address: ArtifactAddress, signal?: AbortSignal): Promise<string> {
    const { registries, settings } = this.services;
    const { registry, root, path } = address;
    const limit = settings.artifactPreviewLimit.value;
    const query = { root, path, maxBytes: limit * megabyte };
    const { bytes, truncated } = await registries.get(registry).artifacts.read(query, signal);
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
