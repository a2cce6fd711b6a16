import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DownloadFolders, newStagingName } from '../../../src/registries/abandoned';
import { download } from '../../../src/registries/download';
import { placeOf, root, useDownloads } from './downloading';

/** Of a process that was there and is gone. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}

describe('An abandoned download', () => {
  const { folder, to, left, store, get } = useDownloads();

  it('is cleared away by the next one beside it, and what others have in hand is not', async () => {
    const from = store({ a: 'a' });
    const killed = newStagingName();
    const [machine, own] = [killed.split('-')[1], String(process.pid)];
    const dead = killed.replace(own, String(await endedPid()));
    const kept = [killed, dead.replace(machine!, '0f0f0f'), '.ringside-notes.part', `.ringside-${machine}-1.part`];
    for (const name of [dead, ...kept]) {
      fs.mkdirSync(path.join(folder(), 'to', name, 'content'), { recursive: true });
      fs.writeFileSync(path.join(folder(), 'to', name, 'content', 'half'), 'x');
    }
    await get(from, 'a');
    assert.deepEqual(left().sort(), [...kept, 'here'].sort());
  });

  it('of a killed window is cleared away by the next one, wherever it was', async () => {
    const memory = {
      value: [] as readonly string[],
      set: (value: readonly string[]) => Promise.resolve(void (memory.value = value)),
    };
    const from = store({ a: 'a' });
    const during: (readonly string[])[] = [];
    const inner: typeof download = (...args) => {
      during.push(memory.value);
      return download(...args);
    };
    const { download: remembered } = new DownloadFolders(memory, inner);
    await remembered(from, { root, path: 'a', ...placeOf(to()) }, () => undefined);
    await assert.rejects(
      remembered(from, { root, path: 'a', ...placeOf(to()) }, () => undefined),
      { kind: 'conflict' },
    );
    assert.deepEqual([during, memory.value], [[[path.dirname(to())], [path.dirname(to())]], []]);

    const left = newStagingName().replace(String(process.pid), String(await endedPid()));
    fs.mkdirSync(path.join(folder(), 'to', left, 'content'), { recursive: true });
    memory.value = [path.dirname(to()), '/nowhere at all'];
    await new DownloadFolders(memory, inner).sweep();
    assert.deepEqual([fs.readdirSync(path.dirname(to())), memory.value], [['here'], []]);
  });
});
