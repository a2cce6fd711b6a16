import * as l10n from '@vscode/l10n';
import { type ErrorKind, UserError } from '../../domain/errors';
import { JsonObject, parseJson } from './json';
import type { HttpReply } from './httpMessages';
import type { ServerUrl } from './serverUrl';

/** What a server answered instead of data; the cause of the UserError, so that callers can probe for features. */
export class RefusedReply extends Error {
  override readonly name = 'RefusedReply';

  constructor(
    readonly status: number,
    /** MLflow's `error_code`; absent where the body is not MLflow's JSON. */
    readonly errorCode: string | undefined,
    body: string,
  ) {
    super(`HTTP ${status}: ${body.slice(0, 1000)}`);
  }
}

const kinds: Readonly<Record<string, ErrorKind>> = {
  RESOURCE_DOES_NOT_EXIST: 'notFound',
  NOT_FOUND: 'notFound',
  RESOURCE_ALREADY_EXISTS: 'conflict',
  ALREADY_EXISTS: 'conflict',
  RESOURCE_CONFLICT: 'conflict',
  ABORTED: 'conflict',
  // MLflow's own word about what is deleted, though with status 500.
  INVALID_STATE: 'invalid',
  UNAUTHENTICATED: 'unauthorized',
  CUSTOMER_UNAUTHORIZED: 'unauthorized',
  PERMISSION_DENIED: 'unauthorized',
  ENDPOINT_NOT_FOUND: 'unsupported',
  NOT_IMPLEMENTED: 'unsupported',
  FEATURE_DISABLED: 'unsupported',
};

/** Whether the server lacks the endpoint itself, as hosted and older servers do (trap 24). */
export function lacksEndpoint(error: unknown): boolean {
  const refusal = error instanceof UserError ? error.cause : undefined;
  if (!(refusal instanceof RefusedReply)) return false;
  if (refusal.errorCode !== undefined) return kinds[refusal.errorCode] === 'unsupported';
  return [404, 405, 501].includes(refusal.status);
}

/** Whether the failure is the server's own (5xx): MLflow answers a missing artifact with 500 (trap 12). */
export function isServerFault(error: unknown): boolean {
  const refusal = error instanceof UserError ? error.cause : undefined;
  return refusal instanceof RefusedReply && refusal.status >= 500;
}

/** Whether MLflow itself refused: it is done with the request, which a proxy's 502 or a lost answer does not tell. */
export function isMlflowsAnswer(error: unknown): boolean {
  const refusal = error instanceof UserError ? error.cause : undefined;
  return refusal instanceof RefusedReply && refusal.errorCode !== undefined;
}

/** A reply that is not 2xx as what the user can do about it. */
export function refusal(server: ServerUrl, reply: HttpReply): UserError {
  const body = reply.bytes.toString('utf8');
  const { errorCode, message } = mlflowError(body);
  const cause = new RefusedReply(reply.status, errorCode, body);
  if (reply.status === 401 || reply.status === 403) return accessRefused(server, reply, body, message, cause);
  if (reply.status === 429) return tooMany(server, reply, cause);
  if (reply.status >= 300 && reply.status < 400) return redirected(server, reply, cause);
  if (errorCode !== undefined) return mlflowRefused(server, reply.status, errorCode, message, cause);
  if (lacksEndpoint(new UserError('unsupported', '', { cause }))) return noEndpoint(server, cause);
  if (reply.status >= 500) return failing(server, reply.status, cause);
  return new UserError('unsupported', l10n.t('{0} refused the request (HTTP {1}).', server.shown, reply.status), {
    next: l10n.t('Check that the address is an MLflow server; the log has its answer.'),
    cause,
  });
}

function mlflowError(body: string): { errorCode?: string; message: string } {
  try {
    const json = JsonObject.from(parseJson(body), '');
    const errorCode = json.optionalText('error_code');
    return { ...(errorCode !== undefined && { errorCode }), message: json.textOr('message', '') };
  } catch {
    return { message: '' };
  }
}

function mlflowRefused(
  server: ServerUrl,
  status: number,
  errorCode: string,
  message: string,
  cause: RefusedReply,
): UserError {
  const kind = kinds[errorCode] ?? (status >= 500 ? 'unreachable' : 'invalid');
  if (kind === 'unreachable') return failing(server, status, cause);
  const firstLine = (message.split('\n', 1)[0] ?? '').trim().slice(0, 500);
  const sentence = ended(firstLine === '' ? errorCode : firstLine);
  return new UserError(kind, l10n.t('MLflow refused: {0}', sentence), { cause, next: nextAfterRefusal(kind) });
}

function nextAfterRefusal(kind: ErrorKind): string {
  switch (kind) {
    case 'notFound':
      return l10n.t('It may have been removed: refresh the list.');
    case 'conflict':
      return l10n.t('Refresh to see what is there now.');
    case 'unsupported':
      return l10n.t('The server may be too old, or set up without it.');
    default:
      return l10n.t('Change what was asked and try again.');
  }
}

/** A server's words as a sentence of ours. */
function ended(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

function accessRefused(
  server: ServerUrl,
  reply: HttpReply,
  body: string,
  message: string,
  cause: RefusedReply,
): UserError {
  if (/Invalid Host header/i.test(body)) {
    return new UserError('unauthorized', l10n.t('{0} does not accept requests for that host name.', server.shown), {
      next: l10n.t('Start the server with --allowed-hosts {0}, or use an address that it allows.', server.host),
      cause,
    });
  }
  if (reply.status === 401) {
    return new UserError('unauthorized', l10n.t('{0} wants a user name and password or a token.', server.shown), {
      next: l10n.t('Sign in to the registry.'),
      cause,
    });
  }
  const firstLine = /\S.*/.exec(message)?.[0].trim();
  const said = ended(firstLine ?? l10n.t('permission denied'));
  return new UserError('unauthorized', l10n.t('{0} does not allow this: {1}', server.shown, said), {
    next: l10n.t('Sign in as somebody who may, or ask the owner of the server.'),
    cause,
  });
}

function tooMany(server: ServerUrl, reply: HttpReply, cause: RefusedReply): UserError {
  const seconds = reply.retryAfterMs === undefined ? undefined : Math.ceil(reply.retryAfterMs / 1000);
  return new UserError('unreachable', l10n.t('{0} is answering no more requests for now.', server.shown), {
    next: seconds === undefined ? l10n.t('Try again later.') : l10n.t('Try again in {0} s.', seconds),
    cause,
  });
}

function redirected(server: ServerUrl, reply: HttpReply, cause: RefusedReply): UserError {
  const target = redirectTarget(server, reply.location);
  if (target?.origin !== server.origin && target?.hostname === new URL(server.origin).hostname) {
    return new UserError('invalid', l10n.t('{0} has moved to {1}.', server.shown, target.origin), {
      next: l10n.t('Use that address for the registry.'),
      cause,
    });
  }
  const where = (target?.origin === server.origin ? target.pathname : target?.host) ?? l10n.t('another page');
  return new UserError('unauthorized', l10n.t('{0} sends to {1}, probably to sign in.', server.shown, where), {
    next: l10n.t('Use an address that answers directly, or sign in with a token.'),
    cause,
  });
}

export function redirectLoop(server: ServerUrl): UserError {
  return new UserError(
    'unreachable',
    l10n.t('{0} sends from one address to the next and never answers.', server.shown),
    {
      next: l10n.t('Check the address, and the rules of a proxy in front of the server.'),
    },
  );
}

function redirectTarget(server: ServerUrl, location: string | undefined): URL | undefined {
  if (location === undefined || !URL.canParse(location, server.origin)) return undefined;
  return new URL(location, server.origin);
}

function noEndpoint(server: ServerUrl, cause: RefusedReply): UserError {
  return new UserError('unsupported', l10n.t('{0} does not have this part of MLflow.', server.shown), {
    next: l10n.t('Check the address: a path such as /mlflow may be missing, or the server may be too old.'),
    cause,
  });
}

function failing(server: ServerUrl, status: number, cause: RefusedReply): UserError {
  return new UserError('unreachable', l10n.t('{0} failed to answer (HTTP {1}).', server.shown, status), {
    next: l10n.t('Look into the log of the MLflow server, then refresh.'),
    cause,
  });
}

/** A 200 that is a web page: single sign-on proxies answer so. */
export function webPageInstead(server: ServerUrl, reply: HttpReply): UserError {
  const body = reply.bytes.toString('utf8');
  return new UserError(
    'unauthorized',
    l10n.t('{0} answers with a web page, probably to sign in, not with data.', server.shown),
    {
      next: l10n.t('Sign in to the registry with a token, or check its address.'),
      cause: new RefusedReply(reply.status, undefined, body),
    },
  );
}

export function cutReply(server: string, cause: unknown): UserError {
  return new UserError('unreachable', l10n.t('The answer of {0} is not complete.', server), {
    next: l10n.t('Try again; a proxy in between may cut long answers.'),
    cause,
  });
}

export function tooLarge(server: ServerUrl, limit: number): UserError {
  const megabytes = Math.round(limit / 1e6);
  return new UserError('unsupported', l10n.t('The answer of {0} is larger than {1} MB.', server.shown, megabytes), {
    next: l10n.t('Load fewer items at a time.'),
  });
}

export function timedOut(server: ServerUrl, ms: number): UserError {
  return new UserError('unreachable', l10n.t('{0} did not answer within {1} s.', server.shown, Math.ceil(ms / 1000)), {
    next: l10n.t('Check that the server is running and can be reached from here.'),
  });
}

export function tooSlow(server: ServerUrl): UserError {
  return new UserError('unreachable', l10n.t('{0} answers too slowly.', server.shown), {
    next: l10n.t('Load fewer items at a time, or try again when the server and the network have less to do.'),
  });
}

export function cancelled(): UserError {
  return new UserError('cancelled', l10n.t('Cancelled.'));
}
