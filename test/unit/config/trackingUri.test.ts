import assert from 'node:assert/strict';
import { environmentCredentials, mlflowEnvironment } from '../../../src/config/environment';
import {
  absoluteUri,
  freeName,
  liesInFolders,
  localPath,
  nameOf,
  serverKey,
  storeKey,
  uriInFolder,
} from '../../../src/config/trackingUri';
import { UserError } from '../../../src/domain/errors';

const around = { folders: [{ name: 'ws', path: '/ws' }], home: '/home/ada' };

describe('Tracking URIs', () => {
  it('are made absolute, whatever form a person writes', () => {
    const forms: [string, string][] = [
      ['sqlite:///rel.db', 'sqlite:////ws/rel.db'],
      ['sqlite:////abs/mlflow.db', 'sqlite:////abs/mlflow.db'],
      ['sqlite:///C:/data/mlflow.db', 'sqlite:///C:\\data\\mlflow.db'],
      ['mlflow.db', 'sqlite:////ws/mlflow.db'],
      ['./mlruns', '/ws/mlruns'],
      ['~/mlruns', '/home/ada/mlruns'],
      ['file:///data/my%20runs', '/data/my runs'],
      ['https://mlflow.example.org/team/', 'https://mlflow.example.org/team'],
    ];
    for (const [text, absolute] of forms) assert.equal(absoluteUri(text, around), absolute, text);
  });

  it('are refused in words: empty, relative with no folder, credentials inside, no database', () => {
    const refused = (text: string, folders = around.folders): string => {
      try {
        return absoluteUri(text, { ...around, folders });
      } catch (error) {
        assert.ok(error instanceof UserError && error.kind === 'invalid');
        return error.text;
      }
    };
    assert.match(refused('  '), /empty/);
    assert.match(refused('mlruns', []), /no folder is open.*whole path/);
    const secret = refused('https://ada:secret@mlflow.example.org');
    assert.match(secret, /Sign In/);
    assert.ok(!secret.includes('secret@'), secret);
    assert.match(refused('sqlite://'), /no database file/);
    assert.match(refused('http://'), /not a web address/);
  });

  it('name the same store alike, and no other', () => {
    assert.equal(storeKey('file:///ws/mlruns'), storeKey('/ws/x/../mlruns'));
    assert.equal(serverKey('https://a.org/x/'), serverKey('https://a.org/x'));
    for (const other of ['http://a.org/x', 'https://a.org:8443/x', 'https://a.org/y', 'https://b.org/x']) {
      assert.notEqual(serverKey(other), serverKey('https://a.org/x'), other);
    }
  });

  it('tell where a local store lies, and never that a neighbour lies inside a folder', () => {
    assert.equal(localPath('sqlite:////ws/mlflow.db'), '/ws/mlflow.db');
    assert.equal(localPath('https://a.org'), undefined);
    assert.equal(liesInFolders('sqlite:////ws/a/mlflow.db', around.folders), true);
    for (const outside of ['/ws-other/mlruns', '/ws/../etc/mlruns', 'https://ws/mlruns']) {
      assert.equal(liesInFolders(outside, around.folders), false, outside);
    }
    assert.equal(uriInFolder('sqlite:////ws/a/mlflow.db', '/ws'), 'sqlite:///a/mlflow.db');
    assert.equal(uriInFolder('/elsewhere/mlruns', '/ws'), '/elsewhere/mlruns');
  });

  it('have short names that no other registry has', () => {
    assert.equal(nameOf('https://mlflow.example.org/team'), 'mlflow.example.org');
    assert.equal(nameOf('/data/mlruns/'), 'mlruns');
    assert.equal(freeName('mlruns', new Set(['mlruns', 'mlruns 2'])), 'mlruns 3');
  });
});

describe('The environment', () => {
  const env = { MLFLOW_TRACKING_URI: 'https://ada:pw@a.org/', MLFLOW_TRACKING_TOKEN: 'token' };

  it('names its server without the credentials in the address', () => {
    assert.equal(mlflowEnvironment(env).trackingUri?.includes('pw'), false);
  });

  it('gives its credentials to its own server alone', () => {
    assert.deepEqual(environmentCredentials(env, 'https://a.org'), { kind: 'bearer', token: 'token' });
    for (const other of ['https://b.org', 'http://a.org', 'https://a.org.evil.example', '/mlruns']) {
      assert.equal(environmentCredentials(env, other), undefined, other);
    }
  });
});
