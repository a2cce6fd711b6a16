import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { EndpointFiles } from '../../src/serving/local/endpointFiles';
import { startTimeOf } from '../../src/serving/local/processes';
import { runningEndpoints } from './endpoints.mjs';
import { inRepo, scratchDir } from './paths.mjs';
import { allPids, argumentsOf, isAlive, waitUntil } from './processes.mjs';
import { userDataOf } from './windowServer.mjs';

/** `npm start` as a person runs it, in a terminal's process group of its own. */
class Start {
  output = '';
  readonly ended: Promise<unknown[]>;
  private readonly child: ChildProcess;

  constructor(
    readonly folder: string,
    ...args: readonly string[]
  ) {
    this.child = spawn('npm', ['start', '--silent', '--', ...args], {
      detached: true,
      env: { ...process.env, RINGSIDE_TMP: folder },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (data: Buffer) => (this.output += data.toString()));
    this.ended = once(this.child, 'exit');
  }

  async says(pattern: RegExp): Promise<string> {
    await waitUntil(() => pattern.test(this.output) || this.child.exitCode !== null, 100_000);
    const [text] = pattern.exec(this.output) ?? [];
    assert.ok(text !== undefined, this.output);
    return text;
  }

  signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }

  /** All that it started has its environment, whatever group it is in. */
  processes(): string[] {
    return allPids()
      .filter((pid) => environmentOf(pid).includes(`RINGSIDE_TMP=${this.folder}`) && isAlive(pid))
      .map((pid) => `${pid} ${argumentsOf(pid).join(' ').slice(0, 120)}`);
  }
}

describe('npm start', function () {
  this.timeout(120_000);
  const scratch = scratchDir('start');
  const picture = inRepo('out', 'check.png');
  const plain = new Start(path.join(scratch, 'plain'), '--port', '0');
  let check: Start;

  before(async () => {
    rmSync(picture, { force: true });
    await plain.says(/Ringside is open after .*Ctrl-C/s);
    // Both have built: the rest of one goes on beside the other.
    check = new Start(path.join(scratch, 'check'), '--check');
  });

  after(async () => {
    for (const each of [plain, check]) {
      each.signal('SIGTERM');
      await each.ended;
    }
    rmSync(scratch, { recursive: true, force: true });
  });

  it('prints an address that opens VS Code on the sample', async () => {
    const url = await plain.says(/http:\/\/127\S+/);
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /workbench/);
    assert.match(new URL(url).searchParams.get('folder') ?? '', /sample-workspace$/);
  });

  it('ends all that it started on Ctrl-C, and what was served from its window', async () => {
    const server = await serve(userDataOf(plain.folder));
    assert.deepEqual(runningEndpoints(userDataOf(plain.folder)), [server]);
    assert.ok(plain.processes().some((each) => each.includes('code-server')));
    plain.signal('SIGINT');
    await plain.ended;
    assert.match(plain.output, /Ended code-server and 1 scoring server\./);
    assert.deepEqual(plain.processes(), []);
    assert.ok(!isAlive(server));
  });

  it('--check sees the sample’s tree, saves a picture of it and leaves nothing behind', async () => {
    const [code] = await check.ended;
    assert.equal(code, 0, check.output);
    assert.match(check.output, /The sample's tree is there after/);
    assert.ok(existsSync(picture));
    assert.equal(readFileSync(picture).subarray(1, 4).toString(), 'PNG');
    assert.deepEqual(check.processes(), []);
  });
});

/** A process that the window's own code would take for a server that it started. */
async function serve(userDataDir: string): Promise<number> {
  const child = spawn('sleep', ['120'], { detached: true, stdio: 'ignore' });
  child.unref();
  const { pid } = child;
  const startTime = pid === undefined ? undefined : await startTimeOf(pid);
  assert.ok(pid !== undefined && startTime !== undefined);
  const logFile = path.join(userDataDir, 'served.log');
  const files = new EndpointFiles(path.join(userDataDir, 'User', 'globalStorage', 'ringside.ringside', 'endpoints'));
  await files.create({
    ...{ id: 'served', registry: 'mlflow.db', modelName: 'wine-quality', version: '1', startedAt: 0, port: 1, logFile },
    children: [{ pid, startTime, args: ['sleep', '120'], version: '1', port: 1, logFile }],
  });
  return pid;
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
