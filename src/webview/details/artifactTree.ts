import * as l10n from '@vscode/l10n';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Artifact } from '../../domain/artifact';
import { formatBytes } from '../../domain/format';
import type { ArtifactFolder } from '../../domain/runPage';
import type { ArtifactAction, ArtifactPlace } from '../../panels/details.messages';
import { icon } from '../shared/icons';
import '../shared/states';
import { baseStyles } from '../shared/styles';
import { iconOf, idOf, parentOf, placeOf, type Row } from './artifactRows';

/**
 * The artifact folders of a run as a tree, read level by level. Enter or a click chooses a file (`choose`), a double click
 * opens it in an editor; which folders are unfolded is told (`unfold`), so that it can be kept.
 */
class ArtifactTree extends LitElement {
  static override readonly properties = {
    folders: { attribute: false },
    version: { attribute: false },
    shown: { attribute: false },
    unfolded: { attribute: false },
    list: { attribute: false },
    act: { attribute: false },
    canReveal: { attribute: false },
    held: { state: true },
    active: { state: true },
  };
  declare folders: readonly ArtifactFolder[];
  declare version: number;
  /** The file whose preview is open. */
  declare shown: ArtifactPlace | undefined;
  /** Folders that are open from the start; the first one where nobody chose. */
  declare unfolded: readonly ArtifactPlace[] | undefined;
  declare list: (place: ArtifactPlace) => Promise<readonly Artifact[]>;
  declare act: (place: ArtifactPlace & { readonly action: ArtifactAction }) => void;
  declare canReveal: boolean;
  /** By row id: what an opened folder holds, or why it could not be read. */
  declare private held: ReadonlyMap<string, readonly Artifact[] | Error>;
  /** The row that Tab reaches. */
  declare private active: string | undefined;

  static override readonly styles = [
    baseStyles,
    css`
      .row {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 22px;
        padding: 0 8px 0 0;
        cursor: pointer;
        white-space: nowrap;
      }
      .row[aria-selected='true'] {
        color: var(--vscode-list-inactiveSelectionForeground, inherit);
        background: var(--vscode-list-inactiveSelectionBackground);
        outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .row:hover {
        background: var(--vscode-list-hoverBackground);
      }
      .label {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .icon-button {
        visibility: hidden;
      }
      .icon-button:first-of-type {
        margin-inline-start: auto;
      }
      .row:hover .icon-button,
      .row:focus-within .icon-button {
        visibility: visible;
      }
      .size {
        min-width: 64px;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .indent {
        flex: none;
        width: 12px;
      }
      .twistie {
        flex: none;
        width: 16px;
        height: 16px;
      }
      rs-error,
      .empty {
        display: block;
        padding-inline-start: 36px;
      }
    `,
  ];

  constructor() {
    super();
    this.held = new Map();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('version')) void this.reread();
  }

  protected override render(): TemplateResult {
    const rows = this.rows();
    const active = rows.some(({ id }) => id === this.active) ? this.active : rows[0]?.id;
    return html`<div
      role="tree"
      aria-label=${l10n.t('Artifacts')}
      @keydown=${(event: KeyboardEvent) => this.onKey(event)}
    >
      ${rows.map((row) => this.renderRow(row, row.id === active))}
    </div>`;
  }

  private renderRow(row: Row, active: boolean): TemplateResult {
    const held = this.held.get(row.id);
    const expanded = row.isDir ? (held ? 'true' : 'false') : nothing;
    return html`
      <div
        class="row"
        role="treeitem"
        data-id=${row.id}
        aria-level=${row.level + 1}
        aria-expanded=${expanded}
        aria-selected=${row.isDir ? nothing : this.isShown(row) ? 'true' : 'false'}
        tabindex=${active ? 0 : -1}
        title=${row.label}
        aria-label=${row.size === undefined ? row.label : `${row.label}, ${formatBytes(row.size)}`}
        @click=${() => void this.activate(row)}
        @dblclick=${() => row.isDir || this.act({ action: 'openArtifact', root: row.root, path: row.path })}
        @focus=${() => (this.active = row.id)}
      >
        ${Array.from({ length: row.level }, () => html`<span class="indent"></span>`)}
        <span class="twistie">${row.isDir ? icon(held ? 'chevron-down' : 'chevron-right') : nothing}</span>
        ${icon(iconOf(row, held !== undefined))}
        <span class="label">${row.label}</span>
        ${this.renderAction(row, active, 'download')}
        ${this.canReveal ? this.renderAction(row, active, 'revealArtifact') : nothing}
        <span class="size dimmed">${row.size === undefined ? '' : formatBytes(row.size)}</span>
      </div>
      ${held instanceof Error ? html`<rs-error small .error=${held}></rs-error>` : nothing}
      ${
        Array.isArray(held) && held.length === 0
          ? html`<span class="empty dimmed">${l10n.t('This folder is empty.')}</span>`
          : nothing
      }
    `;
  }

  /** Shown on the row under the pointer and on the one that has the focus. */
  private renderAction(
    { root, path, label }: Row,
    active: boolean,
    action: 'download' | 'revealArtifact',
  ): TemplateResult {
    const title = action === 'download' ? l10n.t('Download…') : l10n.t('Reveal');
    const act = (event: Event): void => {
      event.stopPropagation();
      this.act({ action, root, path });
    };
    return html`<button
      class="icon-button"
      title=${title}
      aria-label=${`${title} ${label}`}
      tabindex=${active ? 0 : -1}
      @click=${act}
      @keydown=${(event: KeyboardEvent) => (isPress(event) ? event.stopPropagation() : undefined)}
    >
      ${icon(action === 'download' ? 'cloud-download' : 'go-to-file')}
    </button>`;
  }

  private rows(): Row[] {
    return this.folders.flatMap(({ label, root }) =>
      this.withChildren({ id: idOf(root, ''), root, path: '', label, level: 0, isDir: true }),
    );
  }

  private withChildren(row: Row): Row[] {
    const held = this.held.get(row.id);
    if (!held || held instanceof Error) return [row];
    const below = held.map(({ path, isDir, size }): Row => {
      const label = path.slice(path.lastIndexOf('/') + 1);
      return { id: idOf(row.root, path), root: row.root, path, label, level: row.level + 1, isDir, size };
    });
    return [row, ...below.flatMap((child) => this.withChildren(child))];
  }

  private async activate(row: Row): Promise<void> {
    this.active = row.id;
    if (!row.isDir) this.tell('choose', { root: row.root, path: row.path });
    else if (this.held.has(row.id)) this.collapse(row);
    else await this.unfold(row);
  }

  private collapse({ id }: Row): void {
    const next = new Map(this.held);
    next.delete(id);
    this.held = next;
    this.tellUnfolded();
  }

  private async unfold(place: ArtifactPlace): Promise<void> {
    await this.expand(place);
    this.tellUnfolded();
  }

  private async expand({ root, path }: ArtifactPlace): Promise<void> {
    const held = await this.list({ root, path }).catch((error: unknown) => error as Error);
    this.held = new Map(this.held).set(idOf(root, path), held);
  }

  /** Reads every open folder again; from the start those that were open before, else the first one. */
  private async reread(): Promise<void> {
    const open = [...this.held.keys()].map(placeOf);
    const [first] = this.rows();
    const others = this.unfolded ?? (first ? [first] : []);
    await Promise.all((open.length > 0 ? open : others).map((place) => this.expand(place)));
  }

  private isShown({ id }: Row): boolean {
    return this.shown !== undefined && id === idOf(this.shown.root, this.shown.path);
  }

  private tellUnfolded(): void {
    this.tell('unfold', [...this.held.keys()].map(placeOf));
  }

  private tell(name: 'choose' | 'unfold', detail: ArtifactPlace | readonly ArtifactPlace[]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private onKey(event: KeyboardEvent): void {
    const rows = this.rows();
    const at = rows.findIndex(({ id }) => id === this.active);
    const row = rows[at];
    if (!row) return;
    const open = this.held.has(row.id);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.focusRow(rows[at + 1]),
      ArrowUp: () => this.focusRow(rows[at - 1]),
      Home: () => this.focusRow(rows[0]),
      End: () => this.focusRow(rows.at(-1)),
      ArrowRight: () => (row.isDir && !open ? void this.unfold(row) : this.focusRow(rows[at + 1])),
      ArrowLeft: () => (open ? this.collapse(row) : this.focusRow(parentOf(rows, at))),
      Enter: () => void this.activate(row),
      ' ': () => void this.activate(row),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  private focusRow(row: Row | undefined): void {
    if (!row) return;
    const found = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')].find(
      ({ dataset }) => dataset['id'] === row.id,
    );
    found?.focus();
  }
}

/** Presses a button; the tree must not take it for its own. */
function isPress({ key }: KeyboardEvent): boolean {
  return key === 'Enter' || key === ' ';
}

customElements.define('rs-artifact-tree', ArtifactTree);
