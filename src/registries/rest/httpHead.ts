import type { AxiosResponse } from 'axios';
import type { HttpHead, HttpRequest } from './httpMessages';

/** What is read of a response before its body. */
export function headOf(response: AxiosResponse): HttpHead {
  const header = (name: string): string | undefined => {
    const value: unknown = response.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const location = header('location');
  const retryAfterMs = parseRetryAfter(header('retry-after'));
  const size = header('content-encoding') === undefined ? Number(header('content-length') ?? NaN) : NaN;
  return {
    status: response.status,
    contentType: header('content-type') ?? '',
    ...(location !== undefined && { location }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(Number.isFinite(size) && { size }),
  };
}

/** ms from seconds or an HTTP date. */
function parseRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Where a reply leads with the same method, or by GET. */
export function redirectOf(reply: HttpHead, url: string, method: HttpRequest['method']): URL | undefined {
  if (reply.location === undefined || !URL.canParse(reply.location, url)) return undefined;
  const keepsMethod = reply.status === 307 || reply.status === 308;
  const follows = keepsMethod || (method === 'GET' && [301, 302, 303].includes(reply.status));
  return follows ? new URL(reply.location, url) : undefined;
}
