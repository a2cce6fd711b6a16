import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

interface Failure {
  readonly title: string;
  readonly error: string;
}

/** Runs the host suites in VS Code's extension host; rejects when one fails (VS Code's contract for test modules). */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Quiet });
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  // The first finds the extension not yet active; the last looks at what the others have run.
  await import('./activation.test');
  await import('./browse.test');
  await import('./panels.test');
  await import('./trees.test');
  await import('./registries.test');
  await import('./models.test');
  await import('./deploy.test');
  await import('./mlflowUi.test');
  await import('./everyCommand.test');
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
  if (file) writeFileSync(file, JSON.stringify({ suite: 'host', passed, failed: failures.length, failures }));
  if (failures.length > 0) throw new Error(`${failures.length} tests failed`);
}

/** Lines are printed as tests end; mocha's own reporters write to a terminal that is not there. */
class Quiet extends Mocha.reporters.Base {}
