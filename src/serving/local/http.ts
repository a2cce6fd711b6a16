import http from 'node:http';
import { createServer } from 'node:net';
import type { InvocationAnswer } from '../../domain/target';

/** Largest answer of a model that is read, bytes. */
const maxAnswer = 32 * 1024 * 1024;

/** A port that nothing listens on now; another may take it before we do. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

/** True when what listens on this port answers 200. `/ping` gives a newline typed as JSON (mlflow.md trap 55). */
export async function answers(port: number, path: string, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await call(port, { method: 'GET', path, timeout: 2_000 }, undefined, signal)).status === 200;
  } catch {
    return false;
  }
}

/** POSTs JSON to `/invocations`; without a content type the server would fail (trap 56). */
export function postInvocation(port: number, payload: string, signal?: AbortSignal): Promise<InvocationAnswer> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
  return call(port, { method: 'POST', path: '/invocations', headers, timeout: 120_000 }, payload, signal);
}

function call(
  port: number,
  options: http.RequestOptions,
  payload?: string,
  signal?: AbortSignal,
): Promise<InvocationAnswer> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const request = http.request(
      { host: '127.0.0.1', port, agent: false, ...options, ...(signal && { signal }) },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxAnswer) answer.destroy(new Error('The answer is larger than 32 MB'));
          chunks.push(chunk);
        });
        answer.on('error', reject);
        answer.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ status: answer.statusCode ?? 0, body, latencyMs: performance.now() - started });
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error('No answer in time')));
    request.on('error', reject);
    request.end(payload);
  });
}
