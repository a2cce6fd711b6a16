import assert from 'node:assert/strict';
import { RegistrySet } from '../../../src/app/registrySet';
import { runCommand } from '../../../src/cli/commands';
import { credentialsFrom } from '../../../src/cli/connection';
import { exitCodeOf, failureLines } from '../../../src/cli/failure';
import { parseOptions } from '../../../src/cli/options';
import { UserError } from '../../../src/domain/errors';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';

describe('A failure on the command line', () => {
  const basic = Buffer.from('ada:very-secret').toString('base64');
  for (const [title, env] of [
    ['a token', { MLFLOW_TRACKING_TOKEN: 'very-secret' }],
    ['user name and password', { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'very-secret' }],
  ] as const) {
    it(`tells its causes without ${title}`, async () => {
      const lines = failureLines(await refusalWith(env), true);
      // Nothing listens there: what the HTTP client throws is the cause, with the request in it.
      assert.match(lines.join('\n'), /^.+ cannot be reached\. .+\ncaused by Error: connect ECONNREFUSED/);
      for (const secret of ['very-secret', basic, 'Authorization'])
        assert.ok(!lines.some((line) => line.includes(secret)), `${secret} in ${lines.join('\n')}`);
    });
  }

  it('is one line, whatever a server said, and causes are told with --verbose alone', () => {
    const cause = new Error('two\nlines', { cause: { headers: { Authorization: 'Bearer very-secret' } } });
    const error = new UserError('unreachable', 'http://ada:pw@host said\n\u001b[31mno.', { next: 'Ask it.', cause });
    assert.deepEqual(failureLines(error, false), ['http://host said [31mno. Ask it.']);
    assert.deepEqual(failureLines(error, true).slice(1), [
      'caused by Error: two',
      'lines',
      'caused by {"headers":{"Authorization":"Bearer …"}}',
    ]);
    assert.deepEqual([exitCodeOf(error), exitCodeOf(new UserError('invalid', 'No.')), exitCodeOf(cause)], [3, 2, 1]);
  });

  it('that is a bug says where it is with --verbose alone', () => {
    const bug = new TypeError('no such thing');
    assert.deepEqual(failureLines(bug, false), ['unexpected: TypeError: no such thing']);
    assert.ok(failureLines(bug, true).some((line) => /^ *at /.test(line)));
  });
});

async function refusalWith(env: Record<string, string>): Promise<unknown> {
  const registries = new RegistrySet(
    (one) => openRegistry(one, { credentials: credentialsFrom(env), local: openLocal }),
    Date.now,
  );
  registries.setConnections([{ name: 'r', trackingUri: 'http://127.0.0.1:9' }]);
  const { signal } = new AbortController();
  const context = { registries, name: 'r', registry: registries.get('r'), say: () => undefined, signal };
  return runCommand({ ...context, options: parseOptions(['models']) }).then(
    () => assert.fail('it did not fail'),
    (error: unknown) => error,
  );
}
