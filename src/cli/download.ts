import path from 'node:path';
import process from 'node:process';
import { addressOfRef, Downloads, downloadName } from '../app/downloads';
import type { ArtifactAddress } from '../app/artifactAddress';
import { download } from '../registries/download';
import { refOf } from './compare';
import type { Context } from './context';
import type { Json } from './json';
import { wrongUsage } from './usage';

/** `[{path, file, size, sha256}]`: the artifact's path and the absolute path of its file here. */
export async function downloadAnswer(context: Context, words: readonly string[]): Promise<readonly Json[]> {
  const [subject, artifact = '', more] = words;
  const { to } = context.options;
  if (subject === undefined || more !== undefined || to === undefined)
    throw wrongUsage('Call it as: ringside download RUN_ID|m-MODEL_ID|MODEL/VERSION|MODEL@ALIAS [PATH] --to FOLDER.');
  const address = { ...(await rootOf(context, subject)), path: artifact.replace(/\/+$/, '') };
  const place = { folder: path.resolve(to), name: downloadName(address) };
  const downloads = new Downloads(context.registries, download, Date.now);
  try {
    const { files } = await downloads.run(address, place, progressLine, context.signal);
    return files.map(({ path: artifactPath, file, size, sha256 }) => ({ path: artifactPath, file, size, sha256 }));
  } finally {
    progressLine('');
  }
}

async function rootOf({ registry, name, signal }: Context, subject: string): Promise<ArtifactAddress> {
  if (/^m-[0-9a-f]{32}$/.test(subject))
    return { registry: name, root: { kind: 'loggedModel', modelId: subject }, path: '' };
  return addressOfRef(await refOf(registry, name, subject, signal));
}

/** Standard output has the answer alone; a log has no use for how far it is. */
function progressLine(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step}`);
}
