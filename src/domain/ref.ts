export type RefKind = 'registry' | 'experiment' | 'run' | 'model' | 'version' | 'loggedModel' | 'endpoint';

/** How faces name a thing to each other: `id` is MLflow's own id; of a version `name/4`; of a registry its name. */
export interface Ref {
  readonly kind: RefKind;
  /** Name of the connection. */
  readonly registry: string;
  readonly id: string;
}

export function isRef(value: unknown): value is Ref {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof (value as Ref).kind === 'string' &&
    typeof (value as Ref).registry === 'string' &&
    typeof (value as Ref).id === 'string'
  );
}

export function refKey(ref: Ref): string {
  return JSON.stringify([ref.kind, ref.registry, ref.id]);
}

export function versionRef(registry: string, name: string, version: string): Ref {
  return { kind: 'version', registry, id: `${name}/${version}` };
}

/** Splits a version's id; model names may hold slashes, versions never do. */
export function versionOf(ref: Ref): { readonly name: string; readonly version: string } {
  const cut = ref.id.lastIndexOf('/');
  return { name: ref.id.slice(0, cut), version: ref.id.slice(cut + 1) };
}
