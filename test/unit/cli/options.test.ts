import assert from 'node:assert/strict';
import { connectionFor, credentialsFrom } from '../../../src/cli/connection';
import { parseOptions } from '../../../src/cli/options';
import { asText } from '../../../src/cli/text';
import { usage } from '../../../src/cli/usage';
import { UserError } from '../../../src/domain/errors';

describe('The command line', () => {
  const none = { registry: undefined, workspace: undefined };

  it('reads words and options in any order', () => {
    const options = parseOptions(['runs', '--max', '7', 'exp', '--order-by', 'a', '--order-by', 'b DESC', '--json']);
    assert.deepEqual(options.words, ['runs', 'exp']);
    assert.deepEqual([options.max, options.orderBy, options.json], [7, ['a', 'b DESC'], true]);
  });

  for (const argv of [['--nope'], ['runs', '--max', '0'], ['runs', '--max', 'x'], ['runs', '--view', 'some']]) {
    it(`refuses '${argv.join(' ')}' in one sentence`, () => {
      assert.throws(
        () => parseOptions(argv),
        (error) => error instanceof UserError && error.kind === 'invalid' && !error.message.includes('\n'),
      );
    });
  }

  it('takes the registry from the option, else from the environment', () => {
    assert.equal(
      connectionFor({ ...none, registry: 'http://a' }, { MLFLOW_TRACKING_URI: 'http://b' }, '/w').trackingUri,
      'http://a',
    );
    assert.equal(connectionFor(none, { MLFLOW_TRACKING_URI: 'http://b' }, '/w').trackingUri, 'http://b');
    assert.throws(() => connectionFor(none, {}, '/nowhere/at/all'), /no registry/);
  });

  it('resolves relative stores against the working folder', () => {
    assert.equal(connectionFor({ ...none, registry: 'sqlite:///x.db' }, {}, '/w').trackingUri, 'sqlite:////w/x.db');
    assert.equal(
      connectionFor({ ...none, registry: 'sqlite:////abs/x.db' }, {}, '/w').trackingUri,
      'sqlite:////abs/x.db',
    );
    assert.equal(connectionFor({ ...none, registry: 'mlruns' }, {}, '/w').trackingUri, '/w/mlruns');
    assert.equal(connectionFor({ ...none, registry: 'a/mlflow.db' }, {}, '/w').trackingUri, 'sqlite:////w/a/mlflow.db');
    assert.equal(connectionFor({ ...none, registry: 'databricks' }, {}, '/w').trackingUri, 'databricks');
  });

  it('takes the workspace from the option, else from the environment, else none', () => {
    const workspaceOf = (argv: readonly string[], env: Record<string, string>): string | undefined =>
      connectionFor(parseOptions(['--registry', 'http://a', ...argv]), env, '/w').workspace;
    const env = { MLFLOW_WORKSPACE: 'team-b' };
    assert.equal(workspaceOf(['--workspace', 'team-a'], env), 'team-a');
    assert.equal(workspaceOf([], env), 'team-b');
    assert.equal(workspaceOf([], {}), undefined);
  });

  it('tells in --help what download takes, how tags are logged and which workspace is read', () => {
    for (const words of [
      /download RUN_ID\|m-MODEL_ID\|/,
      /log RUN_ID .*--tag KEY=VALUE/,
      /--workspace NAME .*MLFLOW_WORKSPACE/,
    ])
      assert.match(usage, words);
  });

  it('lets user name and password win over a token, as MLflow does (trap 22)', async () => {
    const both = { MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_PASSWORD: 'p', MLFLOW_TRACKING_TOKEN: 't' };
    const connection = { name: 'cli', trackingUri: 'http://a' };
    assert.equal((await credentialsFrom(both).get(connection))?.kind, 'basic');
    assert.equal((await credentialsFrom({ MLFLOW_TRACKING_TOKEN: 't' }).get(connection))?.kind, 'bearer');
    assert.equal(await credentialsFrom({}).get(connection), undefined);
  });

  it('prints no control characters of a store to a terminal', () => {
    assert.equal(asText([{ name: 'a\u001b[31mred\nline' }]), 'name\na [31mred line');
    assert.equal(asText([]), 'Nothing found.');
  });
});
