import assert from 'node:assert/strict';
import { reasonOf } from '../../../src/serving/local/failure';

describe('The reason in a server’s log', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'a missing package',
      'Traceback (most recent call last):\n  File "x"\nModuleNotFoundError: No module named \'xgboost\'\n',
      "No module named 'xgboost'.",
    ],
    [
      'a failing model',
      'Traceback …\nRuntimeError: weights file is corrupt\nException: Command bash -c exec uvicorn failed. Return code = 1',
      'weights file is corrupt.',
    ],
    ['MLflow’s own word', "mlflow.exceptions.MlflowException: No such artifact: 'model'", "No such artifact: 'model'."],
    [
      'a taken port',
      "INFO:     Application startup complete.\nERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 5000): address already in use",
      "ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 5000): address already in use.",
    ],
    ['nothing', '', ''],
    ['a warning only', 'WARNING mlflow: something\nKilled', 'Killed.'],
  ];
  for (const [name, log, reason] of cases) {
    it(`is found for ${name}`, () => {
      assert.equal(reasonOf(log), reason);
    });
  }

  it('is cut where a model prints its data', () => {
    assert.ok(reasonOf(`ValueError: ${'x'.repeat(5000)}`).length < 320);
  });
});
