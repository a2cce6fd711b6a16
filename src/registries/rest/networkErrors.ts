import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { ServerUrl } from './serverUrl';

const untrusted =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME|HOSTNAME_MISMATCH|ERR_TLS_(?!HANDSHAKE_TIMEOUT)/;
/** A connection that broke may work the next time; one that was refused will not within a second. */
const broken = /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/;

/** The system's code of a failed connection; axios wraps the error, Node wraps one per address. */
function networkCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const own = typeof code === 'string' ? code : '';
  return own === '' || own.startsWith('ERR_BAD') ? networkCode(cause) || own : own;
}

export function isBroken(error: unknown): boolean {
  return broken.test(networkCode(error));
}

/** A connection that failed as what the user can do about it. */
export function networkFailure(server: ServerUrl, error: unknown): UserError {
  const code = networkCode(error);
  if (untrusted.test(code)) {
    return new UserError('unreachable', l10n.t('The certificate of {0} is not trusted ({1}).', server.shown, code), {
      next: l10n.t('Add its authority to the system’s certificates, or name its file in NODE_EXTRA_CA_CERTS.'),
      cause: error,
    });
  }
  if (code === 'EPROTO') {
    return new UserError('unreachable', l10n.t('{0} does not speak HTTPS.', server.shown), {
      next: l10n.t('Use an address that starts with http://.'),
      cause: error,
    });
  }
  if (code.startsWith('HPE_')) {
    return new UserError('unreachable', l10n.t('{0} does not speak HTTP.', server.shown), {
      next: l10n.t('Check the port; a server with a certificate needs an address that starts with https://.'),
      cause: error,
    });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new UserError('unreachable', l10n.t('The host {0} is not known.', server.host), {
      next: l10n.t('Check the address and the network.'),
      cause: error,
    });
  }
  const reason = isBroken(error)
    ? l10n.t('{0} broke off the connection.', server.shown)
    : l10n.t('{0} cannot be reached.', server.shown);
  return new UserError('unreachable', reason, {
    next: l10n.t('Check that the server is running and can be reached from here.'),
    cause: error,
  });
}
