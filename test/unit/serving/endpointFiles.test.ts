import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EndpointFiles, type EndpointRecord } from '../../../src/serving/local/endpointFiles';
import { isAlive, startTimeOf } from '../../../src/serving/local/processes';

describe('Endpoint files', () => {
  let folder: string;
  let files: EndpointFiles;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ringside-'));
    files = new EndpointFiles(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are found again by another window', async () => {
    await files.create(record('a', 1));
    await files.create(record('b', 2));
    assert.deepEqual(
      (await new EndpointFiles(folder).list()).map(({ id }) => id),
      ['b', 'a'],
    );
  });

  it('are never written over', async () => {
    await files.create(record('a', 1));
    await assert.rejects(files.create(record('a', 2)));
    assert.equal((await files.read('a'))?.startedAt, 1);
  });

  it('are passed over where they are broken, cut or name no process of ours', async () => {
    await writeFile(path.join(folder, 'cut.json'), '{"id": "cut"');
    await writeFile(
      path.join(folder, 'init.json'),
      JSON.stringify({ ...record('init', 1), children: [{ pid: 1, startTime: '1' }] }),
    );
    await writeFile(path.join(folder, 'other.json'), JSON.stringify(record('another', 1)));
    assert.deepEqual(await files.list(), []);
  });
});

describe('A process', () => {
  it('is known by its pid and start time together', async () => {
    const startTime = (await startTimeOf(process.pid)) ?? '';
    assert.equal(await isAlive({ pid: process.pid, startTime }), true);
    assert.equal(await isAlive({ pid: process.pid, startTime: 'another time' }), false);
  });
});

function record(id: string, startedAt: number): EndpointRecord {
  return { id, port: 1, registry: 'r', modelName: 'm', version: '1', startedAt, logFile: '/nowhere', children: [] };
}
