import assert from 'node:assert/strict';
import { connectionFor, credentialsFrom } from '../../../src/cli/connection';
import { parseOptions } from '../../../src/cli/options';
import { asText } from '../../../src/cli/text';
import { UserError } from '../../../src/domain/errors';

describe('The command line', () => {
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
    assert.equal(connectionFor('http://a', { MLFLOW_TRACKING_URI: 'http://b' }, '/w').trackingUri, 'http://a');
    assert.equal(connectionFor(undefined, { MLFLOW_TRACKING_URI: 'http://b' }, '/w').trackingUri, 'http://b');
    assert.throws(() => connectionFor(undefined, {}, '/nowhere/at/all'), /no registry/);
  });

  it('resolves relative stores against the working folder', () => {
    assert.equal(connectionFor('sqlite:///x.db', {}, '/w').trackingUri, 'sqlite:////w/x.db');
    assert.equal(connectionFor('sqlite:////abs/x.db', {}, '/w').trackingUri, 'sqlite:////abs/x.db');
    assert.equal(connectionFor('mlruns', {}, '/w').trackingUri, '/w/mlruns');
    assert.equal(connectionFor('a/mlflow.db', {}, '/w').trackingUri, 'sqlite:////w/a/mlflow.db');
    assert.equal(connectionFor('databricks', {}, '/w').trackingUri, 'databricks');
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
