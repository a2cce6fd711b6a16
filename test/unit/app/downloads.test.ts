import assert from 'node:assert/strict';
import { downloadName, progressText } from '../../../src/app/downloads';
import { isSafeFileName, safeFileName } from '../../../src/domain/download';

describe('What a download is called', () => {
  it('is its own name, or what holds it', () => {
    const run = { kind: 'run', runId: 'r1' } as const;
    assert.equal(downloadName({ root: run, path: 'plots/a b.png' }), 'a b.png');
    assert.equal(downloadName({ root: run, path: '' }), 'r1');
    assert.equal(downloadName({ root: { kind: 'loggedModel', modelId: 'm-1' }, path: '' }), 'm-1');
    const version = { kind: 'version', name: 'team/net:v1', version: '3' } as const;
    assert.equal(downloadName({ root: version, path: '' }), 'team_net_v1-v3');
  });

  it('can be made of any text', () => {
    for (const text of [
      '..',
      '.',
      '',
      'CON',
      'nul.txt',
      'a\0b',
      '../../x',
      'C:\\x',
      'a\nb',
      ' ',
      'x. .',
      '🚀'.repeat(200),
    ])
      assert.ok(isSafeFileName(safeFileName(text), 'win32'), JSON.stringify(text));
  });

  it('is none that Windows keeps for itself, where the system is Windows', () => {
    const reserved = [
      'CON',
      'con.txt',
      'Aux',
      'NUL.tar.gz',
      'com1',
      'LPT9.x',
      'CONIN$',
      'a:b',
      'a.',
      'a ',
      'a?',
      'a|b',
      'a\tb',
    ];
    for (const name of reserved) assert.deepEqual([isSafeFileName(name, 'win32'), name], [false, name]);
    for (const name of ['console', 'com', 'com10', 'a.b', '.git', 'nul1', 'a b'])
      assert.ok(isSafeFileName(name, 'win32'), name);
    for (const name of ['CON', 'a:b', 'a.']) assert.ok(isSafeFileName(name, 'linux'), name);
    for (const name of ['', '.', '..', 'a/b', 'a\0']) assert.ok(!isSafeFileName(name, 'linux'), name);
  });
});

describe('How far a download is', () => {
  it('is said in files and bytes, as far as the store tells them', () => {
    assert.equal(progressText({ files: 0, bytes: 0 }), 'listing the files');
    assert.equal(
      progressText({ files: 3, bytes: 2048, totalFiles: 20, totalBytes: 4096 }),
      '3 of 20 files · 2.0 KB of 4.0 KB',
    );
    assert.equal(progressText({ files: 0, bytes: 2048, totalFiles: 1, totalBytes: 4096 }), '2.0 KB of 4.0 KB');
    assert.equal(progressText({ files: 0, bytes: 2048, totalFiles: 2 }), '0 of 2 files · 2.0 KB');
  });
});
