import assert from 'node:assert/strict';
import { artifactSnippet, artifactUri, loggingSnippet, mlflowUri, snippet } from '../../../src/app/snippets';
import { webUiAddress } from '../../../src/app/webUi';
import { type Ref, versionRef } from '../../../src/domain/ref';

const server = { name: 'r', trackingUri: 'https://ada:secret@mlflow.example.org/base/' };
const run: Ref = { kind: 'run', registry: 'r', id: 'abc' };

describe('Python snippets', () => {
  it('name the registry without its password', () => {
    assert.equal(
      snippet(server, run),
      [
        'import mlflow',
        '',
        'mlflow.set_tracking_uri("https://mlflow.example.org/base/")',
        'run = mlflow.get_run("abc")',
        'print(run.data.metrics)',
        '',
      ].join('\n'),
    );
  });

  it('name the model registry where it is another', () => {
    const text = snippet({ ...server, registryUri: 'sqlite:////abs/models.db' }, versionRef('r', 'm', '4'));
    assert.match(
      text ?? '',
      /set_registry_uri\("sqlite:\/\/\/\/abs\/models.db"\)\nmodel = mlflow.pyfunc.load_model\("models:\/m\/4"\)/,
    );
  });

  it('log a run to an experiment', () => {
    assert.equal(
      loggingSnippet(server, '7'),
      [
        'import mlflow',
        '',
        'mlflow.set_tracking_uri("https://mlflow.example.org/base/")',
        'mlflow.set_experiment(experiment_id="7")',
        '',
        'with mlflow.start_run():',
        '    mlflow.log_param("learning_rate", 0.01)',
        '    mlflow.log_metric("accuracy", 0.9)',
        '',
      ].join('\n'),
    );
  });

  it('allow the file store that MLflow refuses by default', () => {
    const text = snippet({ name: 'r', trackingUri: '/abs/mlruns' }, run);
    assert.match(
      text ?? '',
      /^import os\n\nimport mlflow\n\nos\.environ\.setdefault\("MLFLOW_ALLOW_FILE_STORE", "true"\)/,
    );
  });

  it('quote hostile names, and reach a version whose name no models:/ URI can hold', () => {
    const name = `a/b "c"\\\n'd'`;
    const text = snippet(server, versionRef('r', name, '4')) ?? '';
    assert.ok(text.includes(String.raw`get_model_version_download_uri("a/b \"c\"\\\n'd'", "4")`), text);
    assert.match(text, /load_model\(source\)/);
  });

  it('fetch an artifact of a run and of a version', () => {
    const place = { root: { kind: 'run', runId: 'abc' }, path: 'plots/a "b".png' } as const;
    assert.match(
      artifactSnippet(server, place),
      /download_artifacts\(run_id="abc", artifact_path="plots\/a \\"b\\".png"\)/,
    );
    const version = { root: { kind: 'version', name: 'm', version: '4' }, path: '' } as const;
    assert.match(artifactSnippet(server, version), /download_artifacts\(artifact_uri="models:\/m\/4"\)/);
  });
});

describe('URIs', () => {
  it('are MLflow’s own', () => {
    assert.equal(mlflowUri(run), 'runs:/abc');
    assert.equal(mlflowUri(versionRef('r', 'm', '4')), 'models:/m/4');
    assert.equal(mlflowUri({ kind: 'experiment', registry: 'r', id: '1' }), undefined);
    assert.equal(artifactUri({ root: { kind: 'run', runId: 'abc' }, path: 'a/b.txt' }), 'runs:/abc/a/b.txt');
  });

  it('of MLflow’s pages keep the path of the server and lose its password', () => {
    const base = 'https://mlflow.example.org/base/#';
    assert.equal(webUiAddress(server.trackingUri, undefined), `${base}/`);
    assert.equal(webUiAddress(server.trackingUri, run, '12'), `${base}/experiments/12/runs/abc`);
    assert.equal(
      webUiAddress(server.trackingUri, versionRef('r', 'a/b c', '4')),
      `${base}/models/a%2Fb%20c/versions/4`,
    );
  });
});
