import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { readFrom } from './logFile';

/** Bytes from the end of a log that are read for its reason. */
const tailBytes = 64 * 1024;

/** Why a server did not start, in one sentence from the end of its log. */
export async function startFailure(what: string, logFile: string): Promise<UserError> {
  const tail = await tailOf(logFile);
  const reason = reasonOf(tail);
  const sentence = reason
    ? l10n.t('{0} could not start: {1}', what, reason)
    : l10n.t('{0} could not start and left no word.', what);
  const missing = /No module named '([^']+)'/.exec(reason)?.[1];
  const next = missing
    ? l10n.t("Install '{0}' into that Python, or choose another interpreter.", missing.split('.')[0] ?? missing)
    : l10n.t('Its log is in Ringside’s output channel.');
  return new UserError('unsupported', sentence, { next, cause: new Error(tail) });
}

/** The last exception line of a Python log, else the last line; a full stop at its end. */
export function reasonOf(log: string): string {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(INFO|WARNING|DEBUG)\b/.test(line));
  // The CLI adds its own exception after the server's (deploy-verified.md §1.3).
  const told = lines.filter((line) => !/Exception: Command .* Return code|returned non-zero exit status/.test(line));
  const exception = told
    .filter((line) => /^([A-Za-z_][\w.]*(Error|Exception|Interrupt|Exit)\b|ERROR:)/.test(line))
    .at(-1);
  const line = exception ?? told.at(-1) ?? '';
  const text = line.replace(
    /^[\w.]*\b(ModuleNotFoundError|ImportError|MlflowException|RuntimeError|Exception):\s*/,
    '',
  );
  const short = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return short === '' || /[.!?…]$/.test(short) ? short : `${short}.`;
}

/** The end of a log file; empty where there is none. */
export function tailOf(logFile: string): Promise<string> {
  return readFrom(logFile, 0, tailBytes).then(
    ({ text }) => text,
    () => '',
  );
}
