import assert from 'node:assert/strict';
import { checkStore } from '../../../../src/registries/files/storeRoot';
import { plant, useFolder } from './tree';

describe('the folder of a file store', () => {
  const folder = useFolder();
  const said = (): string => {
    try {
      checkStore(folder());
      return '';
    } catch (error) {
      return String(error);
    }
  };

  it('trap 41: tells artifacts of a database from a folder that only holds folders called artifacts', () => {
    plant(folder(), { build: { app: { artifacts: {} } } });
    assert.match(said(), /is not a file store of MLflow/);
    plant(folder(), { '1': { aa: { artifacts: {} } } });
    assert.match(said(), /artifacts only/);
  });
});
