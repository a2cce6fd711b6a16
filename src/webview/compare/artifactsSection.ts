import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ArtifactPair } from '../../domain/artifactPair';
import { formatBytes } from '../../domain/format';
import { type Preview, previewKindOf } from '../../domain/preview';
import type { CompareArtifacts } from '../../panels/compare/compare.messages';
import { icon } from '../shared/icons';
import './artifactPair';

/** Rows drawn at first. */
const firstRows = 200;

interface ArtifactOptions {
  readonly names: readonly string[];
  /** Only paths with this in them; empty for all. */
  readonly filter: string;
  /** The path that is compared in place. */
  readonly opened: string | undefined;
  readonly open: (path: string | undefined) => void;
  /** Opens VS Code's own editor: the diff of two, or the only one. */
  readonly diff: (pair: ArtifactPair) => void;
  readonly read: (pair: ArtifactPair, signal: AbortSignal) => Promise<readonly Preview[]>;
  readonly retry: (event: Event) => void;
}

/** The files of two items by path: images and tables open in place, all else in VS Code's diff editor. */
export function artifactsSection(
  artifacts: CompareArtifacts | undefined,
  error: unknown,
  options: ArtifactOptions,
): TemplateResult {
  if (error !== undefined) return html`<rs-error .error=${error} small @retry=${options.retry}></rs-error>`;
  if (!artifacts) return html``;
  const { pairs, more } = artifacts;
  const part = options.filter.trim().toLowerCase();
  const found = pairs.filter(({ path }) => path.toLowerCase().includes(part));
  return html`
    ${found.length === 0 ? html`<p class="dimmed">${l10n.t('There are none.')}</p>` : nothing}
    <ul class="artifacts">
      ${found.slice(0, firstRows).map((pair) => artifactRow(pair, options))}
    </ul>
    ${
      found.length > firstRows
        ? html`<p class="dimmed">${l10n.t('The first {0} of {1}: search for the others.', firstRows, found.length)}</p>`
        : nothing
    }
    ${more ? html`<p class="dimmed">${l10n.t('There are more folders than were looked at.')}</p>` : nothing}
  `;
}

function artifactRow(pair: ArtifactPair, options: ArtifactOptions): TemplateResult {
  const { path } = pair;
  const opened = options.opened === path;
  const inPlace = isShownHere(pair);
  const click = (): void => (inPlace ? options.open(opened ? undefined : path) : options.diff(pair));
  const read = (_path: string, signal: AbortSignal): Promise<readonly Preview[]> => options.read(pair, signal);
  return html`<li>
    <button class="artifact" title=${path} aria-expanded=${inPlace ? String(opened) : nothing} @click=${click}>
      ${icon(inPlace ? (opened ? 'chevron-down' : 'chevron-right') : 'git-compare')} <bdi>${path}</bdi>
    </button>
    <span class="dimmed">${sizesOf(pair, options.names)}</span>
    ${
      opened && inPlace
        ? html`<rs-artifact-pair .path=${path} .names=${options.names} .read=${read}></rs-artifact-pair>`
        : nothing
    }
  </li>`;
}

function isShownHere({ path, files }: ArtifactPair): boolean {
  return files.every(Boolean) && ['image', 'table'].includes(previewKindOf(path));
}

function sizesOf({ files }: ArtifactPair, names: readonly string[]): string {
  const [base, other] = files;
  if (!base || !other) return l10n.t('only in {0}', names[base ? 0 : 1] ?? '');
  if (base.size === other.size) return formatBytes(base.size);
  return `${formatBytes(base.size)} → ${formatBytes(other.size)}`;
}
