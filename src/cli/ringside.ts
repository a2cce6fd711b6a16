import process from 'node:process';
import { inspect } from 'node:util';
import { RegistrySet } from '../app/registrySet';
import { UserError } from '../domain/errors';
import { openLocal } from '../registries/local';
import { openRegistry } from '../registries/open';
import { RefusedReply } from '../registries/rest/httpErrors';
import { runCommand } from './commands';
import { connectionFor, credentialsFrom, credentialsHint } from './connection';
import { parseOptions } from './options';
import { asText, oneLine } from './text';
import { usage } from './usage';
import { version } from '../../package.json';

/** 0 done, 2 wrong usage or invalid input, 3 the registry refused or could not be reached, 1 a bug. */
type ExitCode = 0 | 1 | 2 | 3;

async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    const options = parseOptions(argv);
    if (options.help || options.version || options.words.length === 0) {
      process.stdout.write(`${options.version ? version : usage}\n`);
      return options.help || options.version ? 0 : 2;
    }
    const connection = connectionFor(options.registry, process.env, process.cwd());
    const credentials = credentialsFrom(process.env);
    const registries = new RegistrySet((one) => openRegistry(one, { credentials, local: openLocal }), Date.now);
    registries.setConnections([connection]);
    const registry = registries.get(connection.name);
    try {
      const signal = interrupted();
      const answer = await runCommand({ registries, name: connection.name, registry, options, say, signal });
      process.stdout.write(`${options.json ? JSON.stringify(answer, null, 2) : asText(answer)}\n`);
      return 0;
    } finally {
      registries.dispose();
    }
  } catch (error) {
    return report(error, argv.includes('--verbose'));
  }
}

function say(sentence: string): void {
  process.stderr.write(`ringside: ${oneLine(sentence)}\n`);
}

function interrupted(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  return controller.signal;
}

function report(error: unknown, verbose: boolean): ExitCode {
  const known = error instanceof UserError;
  const sentence = known ? withNext(error) : `unexpected: ${String(error)}`;
  say(sentence);
  const cause: unknown = known ? error.cause : error;
  if (verbose && cause !== undefined) process.stderr.write(`${inspect(cause)}\n`);
  if (!known) return 1;
  return error.kind === 'invalid' ? 2 : 3;
}

/** Without an editor there is no sign-in: credentials come from the environment. */
function withNext(error: UserError): string {
  const status = error.cause instanceof RefusedReply ? error.cause.status : undefined;
  if (error.kind !== 'unauthorized' || (status !== 200 && status !== 401)) return error.text;
  return `${error.message} ${credentialsHint}`;
}

// A closed pipe (`ringside runs … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
