import { gzipSync } from 'node:zlib';
import type { ErrorKind } from '../../src/domain/errors';
import type { HttpLimits } from '../../src/registries/rest/httpClient';
import type { Fault } from '../harness/faultProxy.mjs';

export const webPage = '<!doctype html><title>Sign in</title><p>line\nline';
export const json = { 'Content-Type': 'application/json' };
export const says =
  (status: number, body: string, headers: Record<string, string> = { 'Content-Type': 'text/html' }): Fault =>
  (response) =>
    void response.writeHead(status, headers).end(body);
const answers = (body: unknown): Fault => says(200, JSON.stringify(body), json);

interface Expected {
  readonly fault: Fault;
  readonly kind: ErrorKind;
  readonly words: RegExp;
  /** How often the server is asked for it. */
  readonly asked: number;
  readonly limits?: Partial<HttpLimits>;
}

/** Gives pieces until the asker hangs up. */
function endless(headers: Record<string, string>, piece: Buffer): Fault {
  return (response) => {
    response.writeHead(200, headers);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
}

const bomb = gzipSync(Buffer.alloc(64_000_000, ' '));

export const faults: Readonly<Record<string, Expected>> = {
  'a login page with 200': {
    fault: says(200, webPage),
    kind: 'unauthorized',
    words: /with a web page.*Sign in/,
    asked: 1,
  },
  'a 401': {
    fault: says(401, webPage),
    kind: 'unauthorized',
    words: /wants a user name and password.*Sign in/,
    asked: 1,
  },
  'a 403 for a wrong host name': {
    fault: says(403, 'Invalid Host header - possible DNS rebinding attack detected'),
    kind: 'unauthorized',
    words: /host name.*--allowed-hosts/,
    asked: 1,
  },
  'a 404': { fault: says(404, webPage), kind: 'unsupported', words: /does not have this part of MLflow/, asked: 1 },
  'a 429 that lasts': {
    fault: says(429, '', { 'Retry-After': '60' }),
    kind: 'unreachable',
    words: /no more requests.*Try again in 60 s/,
    asked: 1,
  },
  'a 429 that may pass': {
    fault: says(429, '', { 'Retry-After': '0' }),
    kind: 'unreachable',
    words: /no more/,
    asked: 3,
  },
  'a 500 with a page': { fault: says(500, webPage), kind: 'unreachable', words: /HTTP 500.*log/, asked: 1 },
  'JSON that is cut': {
    fault: (response, { headers, body }) => response.writeHead(200, headers).end(body.subarray(0, body.length / 2)),
    kind: 'unreachable',
    words: /is not complete/,
    asked: 1,
  },
  'a 204 without content': {
    fault: (response) => response.writeHead(204).end(),
    kind: 'unreachable',
    words: /is not complete/,
    asked: 1,
  },
  'an empty page': { fault: says(200, ''), kind: 'unreachable', words: /is not complete/, asked: 1 },
  'a list that is an object': {
    fault: answers({ experiments: {} }),
    kind: 'unsupported',
    words: /not what MLflow sends/,
    asked: 1,
  },
  'a name that is a number': {
    fault: answers({ experiments: [{ experiment_id: '1', name: 5 }] }),
    kind: 'unsupported',
    words: /not what MLflow sends/,
    asked: 1,
  },
  'JSON that is no object': { fault: answers([1]), kind: 'unsupported', words: /not what MLflow sends/, asked: 1 },
  'no answer at all': {
    fault: () => undefined,
    kind: 'unreachable',
    words: /did not answer/,
    asked: 1,
    limits: { timeoutMs: 1500 },
  },
  'a body that stalls': {
    fault: (response, { headers, body }) => void response.writeHead(200, headers).write(body.subarray(0, 5)),
    kind: 'unreachable',
    words: /did not answer/,
    asked: 1,
    limits: { timeoutMs: 1500 },
  },
  'a connection that is reset': {
    fault: (response) => response.socket?.resetAndDestroy(),
    kind: 'unreachable',
    words: /broke off the connection/,
    asked: 3,
  },
  'a connection that breaks off within the body': {
    fault: (response, { headers, body }) => {
      response.writeHead(200, { ...headers, 'Content-Length': body.length });
      response.write(body.subarray(0, 5), () => response.destroy());
    },
    kind: 'unreachable',
    words: /broke off the connection/,
    asked: 3,
  },
  'a circle of redirects': {
    fault: (response, _answer, at) => response.writeHead(307, { Location: at }).end(),
    kind: 'unreachable',
    words: /from one address to the next/,
    asked: 4,
  },
  'an answer without end': {
    fault: endless(json, Buffer.alloc(65_536, ' ')),
    kind: 'unsupported',
    words: /larger than 1 MB.*fewer/,
    asked: 1,
  },
  'a gzip bomb': {
    fault: (response) => response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(bomb),
    kind: 'unsupported',
    words: /larger than 1 MB/,
    asked: 1,
  },
  'a slow drip': {
    fault: (response) => {
      response.writeHead(200, json);
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    },
    kind: 'unreachable',
    words: /answers too slowly/,
    asked: 1,
    limits: { answerMs: 1500 },
  },
};
