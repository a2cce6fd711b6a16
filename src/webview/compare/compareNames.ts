import * as l10n from '@vscode/l10n';
import { refKey, versionOf } from '../../domain/ref';
import type { CompareHead } from '../../panels/compare/compare.messages';

export function titleOf(heads: readonly CompareHead[]): string {
  const [base, other] = heads;
  if (heads.length !== 2 || !base || !other) return countOf(heads);
  const title = l10n.t('{0} against {1}', nameOf(other, heads), nameOf(base, heads));
  return isOneModel(heads) ? `${versionOf(base.ref).name}: ${title}` : title;
}

function countOf(heads: readonly CompareHead[]): string {
  const [first] = heads;
  if (first && isOneModel(heads)) return l10n.t('{0} versions of {1}', heads.length, versionOf(first.ref).name);
  if (heads.every(({ ref }) => ref.kind === 'run')) return l10n.t('{0} runs', heads.length);
  return heads.every(({ ref }) => ref.kind === 'version')
    ? l10n.t('{0} versions', heads.length)
    : l10n.t('{0} runs and versions', heads.length);
}

/** Versions of one model are told apart by their numbers alone; runs of one name by their ids; what comes from two registries by these. */
export function nameOf(head: CompareHead, heads: readonly CompareHead[]): string {
  const others = heads.filter(({ ref }) => refKey(ref) !== refKey(head.ref));
  const short = (of: CompareHead): string =>
    of.version && isOneModel(heads) ? `v${of.version.version}` : fullName(of);
  const name = short(head);
  const twins = others.filter((other) => short(other) === name);
  if (twins.length === 0) return name;
  const elsewhere = twins.every(({ ref }) => ref.registry !== head.ref.registry);
  return elsewhere ? `${name} (${head.ref.registry})` : `${name} (${head.ref.id.slice(0, 8)})`;
}

export function fullName({ ref, version, run }: CompareHead): string {
  if (version) return `${version.name} v${version.version}`;
  return run?.runName ?? ref.id;
}

function isOneModel(heads: readonly CompareHead[]): boolean {
  return heads.every(({ version }) => version !== undefined && version.name === heads[0]?.version?.name);
}
