import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { mlflowEnv, python } from './oracle';

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

const answers = (uri: string): Promise<boolean> =>
  fetch(`${uri}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

/** A real MLflow server on a SQLite store of its own in `folder`; `stop` ends its whole process group. */
export async function startServer(folder: string): Promise<{ uri: string; stop: () => void }> {
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const store = ['--backend-store-uri', `sqlite:///${folder}/served.db`, '--artifacts-destination', `${folder}/served`];
  const server = spawn(python, [...args, ...store], { cwd: folder, env: mlflowEnv, detached: true, stdio: 'ignore' });
  const uri = `http://127.0.0.1:${port}`;
  while (!(await answers(uri))) {
    assert.equal(server.exitCode, null, 'mlflow server ended');
    await setTimeout(100);
  }
  return { uri, stop: () => stop(server) };
}

function stop({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}
