import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { valueOf } from '../../../src/domain/experiment';
import { noteTag } from '../../../src/domain/run';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';
import { Oracle } from '../../contract/oracle';
import { venvPython } from '../../harness/paths.mjs';
import type { Workbench } from './workbench';

/** Where somebody else works with MLflow's own client, and what is made there is called by. */
interface OtherPlace {
  readonly uri: string;
  readonly name: string;
  /** For the client to work in. */
  readonly folder: string;
}

/**
 * A metric and an alias that MLflow's client writes show by themselves, and what was selected and unfolded stays so; how
 * soon, the contract suite holds.
 * @param switchThere once there is something to see
 */
export async function seesChanges(
  window: Workbench,
  { uri, name, folder }: OtherPlace,
  switchThere: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const client = new Oracle(folder);
  const change = (what: string): Promise<unknown> => client.ask('change', uri, what, name);
  try {
    await change('begin');
    await switchThere();
    const experiment = window.row('Experiments', new RegExp(`^seen ${name}`));
    await window.expand(experiment);
    await window.expand(window.row('Models', new RegExp(`^seen-${name}`)));
    await window.row('Models', /^Version 1, @champion/).waitFor();
    await window.row('Experiments', /^Run first, running · loss 1 /).click();
    const run = window.row('Experiments', /^Run first, running · loss 0\.5/);
    await change('metric');
    await run.waitFor();
    await change('alias');
    await window.row('Models', /^Version 2, @champion/).waitFor();
    await run.and(window.page.locator('[aria-selected=true]')).waitFor();
    assert.equal(await experiment.getAttribute('aria-expanded'), 'true');
  } finally {
    client.dispose();
  }
}

/** The note of a run of the sample, as the store has it. */
export async function noteOf(database: string, runName: string): Promise<string | undefined> {
  const store = openRegistry({ name: 'sample', trackingUri: database }, { local: openLocal });
  try {
    const { items } = await store.experiments.search({ view: 'active', maxResults: 10 });
    const experimentIds = items.map(({ experimentId }) => experimentId);
    const filter = `attributes.run_name = '${runName}'`;
    const { table } = await store.runs.search({ experimentIds, view: 'active', filter, maxResults: 1 });
    const [runId = ''] = table.runIds;
    return valueOf((await store.runs.get({ runId })).tags, noteTag);
  } finally {
    store.dispose();
  }
}

/** By MLflow's own client, from the database that the window wrote. */
export async function championByMlflow(database: string, model: string): Promise<string> {
  const script = `from mlflow import MlflowClient
print(MlflowClient("${database}").get_model_version_by_alias("${model}", "champion").version)`;
  const { stdout } = await promisify(execFile)(venvPython(), ['-c', script], { cwd: tmpdir() });
  return stdout.trim();
}

export async function createExperiment(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/api/2.0/mlflow/experiments/create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  assert.equal(response.status, 200);
}
