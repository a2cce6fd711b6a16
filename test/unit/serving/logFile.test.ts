import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFailure } from '../../../src/serving/local/failure';
import { readFrom } from '../../../src/serving/local/logFile';

describe('A growing log', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-log-'));
  const file = path.join(folder, 'server.log');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is read in whole characters, though it is written and cut between their bytes', async () => {
    const text = 'é→🚀 läuft';
    const bytes = Buffer.from(text);
    writeFileSync(file, '');
    let [read, position] = ['', 0];
    for (const byte of bytes) {
      appendFileSync(file, Buffer.of(byte));
      const piece = await readFrom(file, position);
      read += piece.text;
      position = piece.next;
    }
    assert.equal(read, text);
    for (let most = 1; most <= bytes.length; most++) {
      const { text: end, next } = await readFrom(file, 0, most);
      assert.ok(text.endsWith(end) && !end.includes('\uFFFD'), JSON.stringify(end));
      assert.equal(next, bytes.length);
    }
  });

  it('is no reason to wait where its bytes are no text', async () => {
    writeFileSync(file, Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x41]));
    const { text, next } = await readFrom(file, 0, 5);
    assert.deepEqual([text.at(-1), next], ['A', 6]);
  });

  it('says why a server did not start by its end alone', async () => {
    writeFileSync(file, `${'x'.repeat(100_000)}\nRuntimeError: weights file is corrupt\n`);
    const failure = await startFailure('m v1', file);
    assert.equal(failure.message, 'm v1 could not start: weights file is corrupt.');
    assert.ok((failure.cause as Error).message.length <= 64 * 1024);
    assert.match((await startFailure('m v1', `${file}.none`)).message, /left no word/);
  });
});
