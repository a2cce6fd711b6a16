// @ts-check
import { createRequire } from 'node:module';
import { inRepo } from '../harness/paths.mjs';

/**
 * A store as the extension opens it: in its worker, by the built files.
 * @param {string} trackingUri
 * @param {{storageDir?: string | undefined, workerUrl?: string}} [options]
 * @returns {import('../../src/domain/ports').Registry & {runs: {search: (query: any) => Promise<any>}}}
 */
export function openStore(trackingUri, { storageDir, workerUrl = inRepo('dist', 'worker.js') } = {}) {
  const { openRegistry } = createRequire(import.meta.url)(inRepo('out', 'registries.js'));
  const local = { workerUrl };
  return openRegistry({ name: 'bench', trackingUri }, { local, ...(storageDir && { storageDir }) });
}
