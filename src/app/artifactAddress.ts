import * as l10n from '@vscode/l10n';
import type { ArtifactRoot } from '../domain/artifact';
import { isSafeArtifactPath } from '../domain/artifact';
import { UserError } from '../domain/errors';

/** One artifact of one registry. */
export interface ArtifactAddress {
  readonly registry: string;
  readonly root: ArtifactRoot;
  /** Relative to the root; empty for the root itself. */
  readonly path: string;
}

/** The address as the path of a `ringside-artifact:` URI: `/run/<registry>/<run id>/<path>` and alike. */
export function artifactUriPath({ registry, root, path }: ArtifactAddress): string {
  const parts = [root.kind, registry, ...idsOf(root)].map(encodeURIComponent);
  return `/${parts.join('/')}${path === '' ? '' : `/${path}`}`;
}

/** The way back; refuses what does not name an artifact below a root. */
export function parseArtifactUriPath(uriPath: string): ArtifactAddress {
  const [kind = '', registry = '', ...rest] = uriPath.replace(/^\//, '').split('/');
  const ids = rest.slice(0, kind === 'version' ? 2 : 1).map(decodeURIComponent);
  const path = rest.slice(ids.length).join('/');
  const root = rootOf(kind, ids);
  if (!root || !registry || !isSafeArtifactPath(path)) {
    throw new UserError('invalid', l10n.t("'{0}' does not name an artifact.", uriPath));
  }
  return { registry: decodeURIComponent(registry), root, path };
}

function idsOf(root: ArtifactRoot): string[] {
  if (root.kind === 'run') return [root.runId];
  return root.kind === 'loggedModel' ? [root.modelId] : [root.name, root.version];
}

function rootOf(kind: string, [id, version]: readonly string[]): ArtifactRoot | undefined {
  if (!id) return undefined;
  if (kind === 'run') return { kind, runId: id };
  if (kind === 'loggedModel') return { kind, modelId: id };
  return kind === 'version' && version ? { kind, name: id, version } : undefined;
}
