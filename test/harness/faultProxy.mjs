// Only passes on and spoils: a proxy before a real MLflow server, whose answers it changes on their way to the asker.
// @ts-check
import { createServer } from 'node:http';

/**
 * What the server answered, whole and unpacked.
 * @typedef {{status: number, headers: import('node:http').OutgoingHttpHeaders, body: Buffer}} Answer
 */

/**
 * Answers in the server's stead; `path` is that of the request, without its query.
 * @typedef {(response: import('node:http').ServerResponse, answer: Answer, path: string) => void} Fault
 */

/**
 * @typedef {object} FaultProxy
 * @property {string} url
 * @property {{path: string, at: number}[]} asked requests since `spoil`, with the ms of `performance.now()`
 * @property {(fault?: Fault, where?: RegExp) => void} spoil from now on, where the path is so; without a fault all passes
 * @property {() => void} close
 */

/**
 * A proxy on loopback before the server at `target`.
 * @param {string} target
 * @returns {Promise<FaultProxy>}
 */
export async function startFaultProxy(target) {
  /** @type {Fault | undefined} */
  let fault;
  let where = /(?:)/;
  /** @type {FaultProxy['asked']} */
  const asked = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', target).pathname;
    asked.push({ path, at: performance.now() });
    passOn(target, request).then(
      (answer) => {
        if (fault && where.test(path)) fault(response, answer, path);
        else response.writeHead(answer.status, answer.headers).end(answer.body);
      },
      () => response.destroy(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}`,
    asked,
    spoil: (next, path = /(?:)/) => {
      fault = next;
      where = path;
      asked.length = 0;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {string} target
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Answer>}
 */
async function passOn(target, request) {
  /** @type {Buffer[]} */
  const sent = [];
  for await (const chunk of request) sent.push(chunk);
  const type = request.headers['content-type'];
  const answer = await fetch(new URL(request.url ?? '/', target), {
    method: request.method ?? 'GET',
    redirect: 'manual',
    ...(type !== undefined && { headers: { 'Content-Type': type } }),
    ...(sent.length > 0 && { body: Buffer.concat(sent) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' };
  return { status: answer.status, headers, body };
}
