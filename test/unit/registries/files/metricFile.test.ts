import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileReader } from '../../../../src/registries/files/fileReader';
import { allPoints, latestPoint, type Point } from '../../../../src/registries/files/metricFile';
import { runPieces } from '../../../../src/registries/files/pieces';
import { useFolder } from './tree';

describe('metric files', () => {
  const folder = useFolder();
  const file = (): string => path.join(folder(), 'acc');

  const latest = (content: string): Promise<Point | undefined> => {
    fs.writeFileSync(file(), content);
    return runPieces(latestPoint(new FileReader(), file()));
  };
  const points = async (content: string): Promise<number[][]> => {
    fs.writeFileSync(file(), content);
    const { steps, timestamps, values } = await runPieces(allPoints(new FileReader(), file()));
    return [...steps].map((step, i) => [step, timestamps[i]!, values[i]!]);
  };

  it('trap 34: keeps the step of lines with a dataset, blanks in its name or not', async () => {
    assert.deepEqual(await points('10 0.75 7 bees abc\n11 0.5 8 honey bees abc\n12 1 9 x\n'), [
      [7, 10, 0.75],
      [8, 11, 0.5],
      [9, 12, 1],
    ]);
  });

  it('reads old lines without a step as step 0', async () => {
    assert.deepEqual(await points('10 0.5\n11 0.25\n'), [
      [0, 10, 0.5],
      [0, 11, 0.25],
    ]);
  });

  it('trap 35: keeps the order of the file, duplicates and negative steps too', async () => {
    assert.deepEqual(await points('3 1 5\n1 2 -5\n1 2 -5\n2 3 0\n'), [
      [5, 3, 1],
      [-5, 1, 2],
      [-5, 1, 2],
      [0, 2, 3],
    ]);
  });

  it('trap 36: the latest point is the greatest by step, then time, then value', async () => {
    assert.deepEqual(await latest('9 1 3\n8 2 4\n7 3 4\n8 9 3\n'), { step: 4, timestamp: 8, value: 2 });
    assert.deepEqual(await latest('5 3.0 7\n5 5.0 7\n5 4.0 7\n'), { step: 7, timestamp: 5, value: 5 });
    assert.deepEqual(await latest('5 -1 -7\n'), { step: -7, timestamp: 5, value: -1 });
  });

  it('keeps the first of two points that NaN makes incomparable, as Python does', async () => {
    assert.equal((await latest('5 3.0 7\n5 nan 7\n5 4.0 7\n'))?.value, 4);
    assert.equal(Number.isNaN((await latest('5 nan 7\n5 4.0 7\n'))?.value), true);
  });

  it('trap 43: strips CRLF', async () => {
    assert.deepEqual(await points('10 0.5 1\r\n11 0.25 2\r\n'), [
      [1, 10, 0.5],
      [2, 11, 0.25],
    ]);
  });

  it("reads Python's floats", async () => {
    const texts = ['nan', 'inf', '-inf', '1e-05', '0.3333333333333333', '-0.0', '5', '1e400', '.5', 'Infinity'];
    const values = (await points(texts.map((text) => `1 ${text} 0\n`).join(''))).map(([, , value]) => value);
    assert.deepEqual(values, [NaN, Infinity, -Infinity, 1e-5, 1 / 3, -0, 5, Infinity, 0.5, Infinity]);
  });

  it('passes over lines that are none', async () => {
    const broken = '\n \nabc\n1\n1 \nx 1 2\n1 x 2\n1 1 x\n1.5 1 2\n1 0x10 2\n1 1abc 2\n\0\0\0\n- 1 2\n';
    assert.deepEqual(await points(`${broken}10 0.5 1\n${broken}`), [[1, 10, 0.5]]);
    assert.equal(await latest(broken), undefined);
    assert.equal(await latest(''), undefined);
  });

  it('leaves out a last line that is still being written', async () => {
    assert.deepEqual(await points('10 0.5 1\n11 0.2'), [[1, 10, 0.5]]);
    assert.deepEqual(await points('10 0.5 1\n11'), [[1, 10, 0.5]]);
    assert.equal((await latest('10 0.5 -1\n11 0.2'))?.step, -1);
  });

  it('takes a whole last line without its line feed, as MLflow does', async () => {
    assert.deepEqual(await points('10 0.5 1\n11 0.25 2'), [
      [1, 10, 0.5],
      [2, 11, 0.25],
    ]);
    assert.deepEqual(await points('10 0.5'), [[0, 10, 0.5]]);
  });

  it('reads files larger than its buffer, and passes over a line of 1 MB', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `${1_700_000_000_000 + i} ${i / 3} ${i}\n`);
    const long = `1 ${'1'.repeat(1_000_000)} 99999999\n`;
    const found = await points([...many, long, '5 0.5 20000\n'].join(''));
    assert.equal(found.length, 20_001);
    found.slice(0, -1).forEach(([step, timestamp, value], i) => {
      assert.deepEqual([step, timestamp, value], [i, 1_700_000_000_000 + i, i / 3]);
    });
    assert.deepEqual(found.at(-1), [20_000, 5, 0.5]);
    assert.equal((await latest([long, ...many].join('')))?.step, 19_999);
  });

  it('finds nothing where a folder, nothing or a pipe stands in place of the file', async () => {
    const read = (name: string): Promise<Point | undefined> =>
      runPieces(latestPoint(new FileReader(), path.join(folder(), name)));
    fs.mkdirSync(path.join(folder(), 'dir'));
    assert.equal(await read('dir'), undefined);
    assert.equal(await read('nothing'), undefined);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [path.join(folder(), 'pipe')]);
    fs.symlinkSync('/dev/zero', path.join(folder(), 'zero'));
    assert.equal(await read('pipe'), undefined);
    assert.equal(await read('zero'), undefined);
  });
});
