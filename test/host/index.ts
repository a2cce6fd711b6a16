import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

interface Failure {
  readonly title: string;
  readonly error: string;
}

/** Runs the host suites in VS Code's extension host; rejects when one fails (VS Code's contract for test modules). */
export async function run(): Promise<void> {
  // What tests make in temporary folders goes with the run's own.
  const scratch = process.env['RINGSIDE_SCRATCH'];
  if (scratch) process.env['TMPDIR'] = scratch;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Quiet });
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  await importTests(process.env['RINGSIDE_SUITE']);
  const failures: Failure[] = [];
  let passed = 0;
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on('pass', (test) => {
      passed += 1;
      console.log(`  ✔ ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: Error) => {
      failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      console.log(`  ✘ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
  const file = process.env['RINGSIDE_RESULTS'];
  if (file)
    writeFileSync(
      file,
      JSON.stringify({ suite: process.env['RINGSIDE_SUITE'], passed, failed: failures.length, failures }),
    );
  if (failures.length > 0) throw new Error(`${failures.length} tests failed`);
}

/** Lines are printed as tests end; mocha's own reporters write to a terminal that is not there. */
class Quiet extends Mocha.reporters.Base {}

/** Windows of another kind have tests of their own; what no name asks for is all that one window can run. */
async function importTests(suite: string | undefined): Promise<void> {
  if (suite === 'host-folders') await import('./folders.test');
  else if (suite === 'host-untrusted') await import('./untrusted.test');
  else await importUsualTests(suite);
}

async function importUsualTests(suite: string | undefined): Promise<void> {
  if (suite !== 'host-servers') await importTestsOfStores();
  if (suite !== 'host') await importTestsOfServers();
  // Looks at what the others have run.
  await import('./everyCommand.test');
}

async function importTestsOfStores(): Promise<void> {
  // Finds the extension not yet active.
  await import('./activation.test');
  await import('./browse.test');
  await import('./panels.test');
  await import('./exports.test');
  await import('./artifacts.test');
  await import('./compare.test');
  await import('./compareAcross.test');
  await import('./comparePicker.test');
  await import('./trees.test');
  await import('./live.test');
  await import('./models.test');
  await import('./download.test');
  await import('./edits.test');
  await import('./lifecycle.test');
}

/** They wait for Pythons most of the time: `npm test` gives them a window of their own beside the others. */
async function importTestsOfServers(): Promise<void> {
  await import('./registries.test');
  await import('./offline.test');
  await import('./workspaces.test');
  await import('./interpreters.test');
  await import('./deploy.test');
  await import('./mlflowUi.test');
}
