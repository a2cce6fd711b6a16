// A fake: moto answers as S3 does, because no S3 can be reached from a test; MLflow and its addresses are real.
// @ts-check
import { spawn } from 'node:child_process';
import { freePort } from './processes.mjs';
import { s3Python } from './setup/mlflowOnS3.mjs';

/**
 * Starts it on loopback, empty.
 * @returns {Promise<{url: string, env: Record<string, string>, stop: () => void}>} `env`: what MLflow needs to use it
 * @throws when it ends, or does not answer within 60 s
 */
export async function startStorage() {
  const port = await freePort();
  const start = `from moto.server import main; main(['--host', '127.0.0.1', '--port', '${port}'])`;
  const child = spawn(s3Python, ['-c', start], { stdio: 'ignore' });
  const stop = () => void child.kill('SIGKILL');
  const url = `http://127.0.0.1:${port}`;
  const end = performance.now() + 60_000;
  while (child.exitCode === null && performance.now() < end) {
    if (await answers(url)) return { url, env: environment(url), stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  stop();
  throw new Error('The stand-in for S3 did not start: remove its environment and run this again.');
}

/** @param {string} url */
function answers(url) {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
}

/** @param {string} url */
function environment(url) {
  return {
    MLFLOW_S3_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
