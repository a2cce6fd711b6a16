import process from 'node:process';
import { RegistrySet } from '../app/registrySet';
import { openLocal } from '../registries/local';
import { openRegistry } from '../registries/open';
import { runCommand } from './commands';
import { connectionFor, credentialsFrom } from './connection';
import { exitCodeOf, type ExitCode, failureLines } from './failure';
import { parseOptions } from './options';
import { quietSqlite } from './quietSqlite';
import { asText, oneLine } from './text';
import { usage } from './usage';
import { version } from '../../package.json';

async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    const options = parseOptions(argv);
    if (options.help || options.version || options.words.length === 0) {
      process.stdout.write(`${options.version ? version : usage}\n`);
      return options.help || options.version ? 0 : 2;
    }
    const connection = connectionFor(options, process.env, process.cwd());
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
    for (const line of failureLines(error, argv.includes('--verbose'))) say(line);
    return exitCodeOf(error);
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

// A closed pipe (`ringside runs … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

quietSqlite();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
