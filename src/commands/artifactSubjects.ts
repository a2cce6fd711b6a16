import type { ArtifactAddress } from '../app/artifactAddress';
import { addressOfRef } from '../app/downloads';
import { isRef } from '../domain/ref';

/** The artifact that an address, a tree element or a ref names; all artifacts of a run, version or logged model. */
export function addressOf(target: unknown): ArtifactAddress | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  if ('root' in target && 'registry' in target) return target as ArtifactAddress;
  const ref = 'ref' in target ? target.ref : target;
  if (!isRef(ref)) return undefined;
  if ('root' in target && 'artifact' in target) {
    const { root, artifact } = target as { root: ArtifactAddress['root']; artifact: { path: string } };
    return { registry: ref.registry, root, path: artifact.path };
  }
  // A metric or a param of a run names no artifacts, though it has the run's ref.
  const isWhole = !('kind' in target) || ['run', 'version', 'loggedModel', 'group'].includes(String(target.kind));
  return isWhole && ['run', 'version', 'loggedModel'].includes(ref.kind) ? addressOfRef(ref) : undefined;
}

/** Of what a command was called on: the clicked one with the selection that holds it, none inside another. */
export function addressesOf(args: readonly unknown[]): ArtifactAddress[] {
  const [clicked, selected] = args;
  const all: readonly unknown[] = Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  const addresses = all.map(addressOf).filter((address) => address !== undefined);
  const keys = new Set(addresses.map(keyOf));
  const first = addresses.filter((address, i) => addresses.findIndex((one) => keyOf(one) === keyOf(address)) === i);
  return first.filter((address) => !foldersAbove(address).some((folder) => keys.has(keyOf(folder))));
}

function keyOf({ registry, root, path }: ArtifactAddress): string {
  return JSON.stringify([registry, root, path]);
}

function foldersAbove(address: ArtifactAddress): ArtifactAddress[] {
  if (address.path === '') return [];
  const parts = address.path.split('/');
  return parts.map((_, i) => ({ ...address, path: parts.slice(0, i).join('/') }));
}
