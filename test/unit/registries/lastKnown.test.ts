import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rowOf } from '../../../src/app/runRow';
import { sameRow } from '../../../src/app/same';
import { LastKnownFiles } from '../../../src/registries/lastKnown';
import { aRun } from '../app/fakeStore';

const connection = { name: 'r', trackingUri: 'https://ada:s3cret@mlflow.example.org/base' };

describe('What a server said last', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-known-'));
  after(() => rmSync(folder, { recursive: true }));

  /** As another window finds it. */
  const opened = () =>
    new LastKnownFiles(
      folder,
      () => 42,
      () => Promise.resolve(),
    );
  const keep = async (name: string, value: unknown, of = connection): Promise<void> => {
    const known = opened();
    known.put(of, name, value);
    await known.settled();
  };
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).isFile());

  it('is there in the next window, rows of runs with their NaN included', async () => {
    const row = rowOf(aRun('a', { auc: NaN, tags: [{ key: 'é', value: '🚀' }] }));
    await keep('runs', [row]);
    const found = await opened().get(connection, 'runs');
    assert.equal(found?.at, 42);
    assert.ok(sameRow((found.value as [typeof row])[0], row));
  });

  it('is of one address and workspace, however one signs in there', async () => {
    await keep('models', ['m']);
    const found = async (more: object) => (await opened().get({ ...connection, ...more }, 'models'))?.value;
    assert.deepEqual(await found({ name: 'renamed' }), ['m']);
    assert.deepEqual(await found({ trackingUri: 'https://mlflow.example.org/base' }), ['m']);
    assert.equal(await found({ workspace: 'team' }), undefined);
    assert.equal(await found({ trackingUri: 'https://mlflow.example.org/other' }), undefined);
  });

  it('holds no secret of the address, in names or content', () => {
    for (const file of files()) assert.ok(!`${file}${readFileSync(file, 'latin1')}`.includes('s3cret'));
    assert.ok(files().length > 0);
  });

  it('is thrown away silently where it was cut, changed, emptied or written by something else', async () => {
    const damages: readonly ((file: string) => void)[] = [
      (file) => truncateSync(file, statSync(file).size - 1),
      (file) => truncateSync(file, 0),
      (file) =>
        writeFileSync(
          file,
          readFileSync(file).map((byte, i) => (i === 60 ? byte ^ 1 : byte)),
        ),
      (file) => writeFileSync(file, '{"version": 7}'),
    ];
    for (const damage of damages) {
      await opened().forget(connection);
      await keep('models', ['m', 'n']);
      const [file = ''] = files();
      damage(file);
      assert.equal(await opened().get(connection, 'models'), undefined);
      assert.deepEqual(files(), []);
    }
  });

  it('is bounded: what is too large is not kept, and the oldest go first', async () => {
    await keep('large', 'x'.repeat(3 * 1024 * 1024));
    assert.equal(await opened().get(connection, 'large'), undefined);
    for (let i = 0; i < 20; i++) await keep(`list ${i}`, 'x'.repeat(1.9 * 1024 * 1024));
    const bytes = files().reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(bytes <= 32 * 1024 * 1024, String(bytes));
    assert.ok(await opened().get(connection, 'list 19'));
  });

  it('is forgotten when one signs out', async () => {
    await keep('models', ['m']);
    await opened().forget(connection);
    assert.equal(await opened().get(connection, 'models'), undefined);
  });

  it('takes nothing away where the folder cannot be written', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const known = new LastKnownFiles(
      path.join(file, 'below'),
      () => 0,
      () => Promise.resolve(),
    );
    known.put(connection, 'a', 1);
    await known.settled();
    assert.equal(await known.get(connection, 'a'), undefined);
  });
});
