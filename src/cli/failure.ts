import { describeCause } from '../domain/describeCause';
import { UserError } from '../domain/errors';
import { redact } from '../domain/redact';
import { RefusedReply } from '../registries/rest/httpErrors';
import { credentialsHint } from './connection';
import { oneLine } from './text';

/** 0 done, 2 wrong usage or invalid input, 3 the registry refused or could not be reached, 1 a bug. */
export type ExitCode = 0 | 1 | 2 | 3;

export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof UserError)) return 1;
  return error.kind === 'invalid' ? 2 : 3;
}

/**
 * A failure in one sentence and, when `verbose`, what its causes say, or where a bug is. Only messages and stacks: the
 * other fields of an error hold the whole request, credentials included.
 */
export function failureLines(error: unknown, verbose: boolean): string[] {
  const known = error instanceof UserError;
  const sentence = redact(known ? withNext(error) : `unexpected: ${String(error)}`);
  const details = verbose ? (known ? causesOf(error) : describeCause(error)) : '';
  return [sentence, ...redact(details).split('\n')].filter((line) => line !== '').map(oneLine);
}

function causesOf({ cause }: UserError): string {
  return cause === undefined ? '' : `caused by ${describeCause(cause, String)}`;
}

/** Without an editor there is no sign-in: credentials come from the environment. */
function withNext(error: UserError): string {
  const status = error.cause instanceof RefusedReply ? error.cause.status : undefined;
  if (error.kind !== 'unauthorized' || (status !== 200 && status !== 401)) return error.text;
  return `${error.message} ${credentialsHint}`;
}
