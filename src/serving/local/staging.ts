import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { ServeRequest } from '../../domain/target';
import { reasonOf } from './failure';
import { serverEnvironment } from './python';

const script = `
import sys
import mlflow
print(mlflow.artifacts.download_artifacts(artifact_uri=sys.argv[1], dst_path=sys.argv[2], tracking_uri=sys.argv[3]))
`;

/** Fetches a version's artifacts with the chosen Python, which knows every storage that MLflow knows. Gives the folder. */
export async function stageModel(request: ServeRequest, folder: string, signal?: AbortSignal): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { python, artifactUri, trackingUri, modelName, version, credentials } = request;
  const args = ['-c', script, artifactUri, folder, trackingUri];
  const env = serverEnvironment(python, { MLFLOW_TRACKING_URI: trackingUri, ...credentials });
  const { error, stdout, stderr } = await new Promise<{ error: Error | null; stdout: string; stderr: string }>(
    (resolve) => {
      execFile(python, args, { env, maxBuffer: 16 * 1024 * 1024, ...(signal && { signal }) }, (failure, out, err) => {
        resolve({ error: failure, stdout: out, stderr: err });
      });
    },
  );
  if (signal?.aborted) throw new UserError('cancelled', l10n.t('Cancelled.'));
  const staged = stdout.trim().split('\n').at(-1) ?? '';
  if (!error && existsSync(path.join(staged, 'MLmodel'))) return staged;
  const reason = error ? reasonOf(stderr) : l10n.t('what arrived holds no MLmodel file.');
  throw new UserError(
    'unreachable',
    l10n.t('The artifacts of {0} v{1} could not be fetched: {2}', modelName, version, reason),
    {
      next: l10n.t('Check the connection and that this Python has the client of that storage.'),
      cause: error ?? undefined,
    },
  );
}
