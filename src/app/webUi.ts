import { withoutCredentials } from '../domain/connection';
import { type Ref, versionOf } from '../domain/ref';

/** The page of a thing in MLflow's own web UI; of the server where there is no such page. A run's needs its experiment. */
export function webUiAddress(trackingUri: string, ref: Ref | undefined, experimentId = '0'): string {
  const base = withoutCredentials(trackingUri).replace(/\/+$/, '');
  return `${base}/#${pageOf(ref, experimentId)}`;
}

function pageOf(ref: Ref | undefined, experimentId: string): string {
  const part = encodeURIComponent;
  if (ref?.kind === 'experiment') return `/experiments/${part(ref.id)}`;
  if (ref?.kind === 'run') return `/experiments/${part(experimentId)}/runs/${part(ref.id)}`;
  if (ref?.kind === 'model') return `/models/${part(ref.id)}`;
  if (ref?.kind !== 'version') return '/';
  const { name, version } = versionOf(ref);
  return `/models/${part(name)}/versions/${part(version)}`;
}
