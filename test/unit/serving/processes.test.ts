import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endGroup, isAlive, startTimeOf } from '../../../src/serving/local/processes';

/** Starts a process that lasts, tells its pid, and ends when it is told to: as a command-line wrapper may. */
const wrapper = `
  const { spawn } = require('node:child_process');
  const server = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  server.stdout.once('data', () => console.log(server.pid));
  process.stdin.once('data', () => process.exit());
`;

if (process.platform !== 'win32')
  describe('The group of a process', function () {
    this.timeout(30_000);
    let leader: ChildProcess;
    afterEach(() => {
      try {
        process.kill(-leader.pid!, 'SIGKILL');
      } catch {
        // Nothing is left of it.
      }
    });

    it('is ended with what a leader that is gone left behind', async () => {
      leader = spawn(process.execPath, ['-e', wrapper], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
      const [told] = (await once(leader.stdout!, 'data')) as [Buffer];
      const server = Number(told.toString());
      const child = { pid: leader.pid!, startTime: (await startTimeOf(leader.pid!))! };
      leader.stdin!.write('end');
      await once(leader, 'exit');
      assert.equal(await startTimeOf(child.pid), undefined);
      assert.equal(await isAlive(child), true, 'the server runs on');
      await endGroup(child);
      assert.equal(await startTimeOf(server), undefined);
      assert.equal(await isAlive(child), false);
    });
  });
