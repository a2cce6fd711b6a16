import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { answersOf, item, type Values } from './compareSample';
import { callsOf, usePanels } from './panelsPage';
import { compareAnswers, compareLines, hostile } from './panelsSample';

const repetitions = (...aucs: number[]) => ({
  runs: aucs.length,
  seeds: ['seed'],
  guessed: true,
  more: false,
  metrics: [{ key: 'auc', values: aucs }],
});

describe('The Compare panel as a plain page (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();
  const focused = (page: Page): Promise<string | undefined> =>
    page.evaluate("document.querySelector('rs-compare').shadowRoot.activeElement?.dataset.key");

  it('names the segment that lost most and shows all in a heat map, worst first', async () => {
    const answers = answersOf([
      item({ auc: 0.99, 'recall/young': 0.91, 'recall/old': 0.95 }),
      item({ auc: 0.995, 'recall/young': 0.88, 'recall/old': 0.96 }),
    ]);
    const { page } = await open({ entry: 'compare', answers });
    await page.getByText(/run-1 is better overall \(.*\) but worse for young \(.*\)\./).waitFor();
    const map = page.getByRole('table', { name: 'recall by segment' });
    assert.deepEqual(await map.locator('tbody th').allTextContents(), ['young', 'old']);
    assert.match((await map.getByRole('row', { name: /^young/ }).textContent()) ?? '', /0\.9100.*▼worse.*0\.8800/s);
    assert.match((await map.locator('.heat-4').textContent()) ?? '', /0\.8800/);
    await page.getByRole('button', { name: 'recall: segments guessed from the names. Change…' }).press('Enter');
    const asked = { metric: 'recall', patterns: ['recall/*'], guessed: true };
    assert.deepEqual(await callsOf(page, 'judgeSegments'), [asked]);
  });

  it('calls a difference within the spread over seeds noise, with method and number of runs', async () => {
    const sides = [repetitions(0.9, 0.92, 0.91), repetitions(0.915, 0.9, 0.93)];
    const answers = answersOf([item({ auc: 0.9 }), item({ auc: 0.915 })], {
      nested: [[], []],
      repetitions: sides,
      missing: [],
    });
    const { page } = await open({ entry: 'compare', answers });
    await page.getByText('run-1 is within noise of the baseline').waitFor();
    await page.getByText('Spread over seed (guessed): 3 and 3 runs with the same params.').waitFor();
    const cell = page.getByRole('cell', { name: 'within noise' }).last();
    assert.match((await cell.getAttribute('title')) ?? '', /Welch's t interval.*3 and 3 runs/);
  });

  it('leads from a number of the sentence to its row by keyboard, unfolding what holds it', async () => {
    const answers = answersOf([item({ auc: 0.99, f1: 0.5 }), item({ auc: 0.995, f1: 0.6 })]);
    const { page } = await open({ entry: 'compare', answers, state: { refs: [], folded: { metrics: true } } });
    const link = page.getByRole('button', { name: /^auc \+0\.005/ });
    await link.press('Enter');
    await page.getByRole('row', { name: /^auc/ }).waitFor();
    assert.equal(await focused(page), 'auc');
  });

  it('chooses the baseline, removes, adds, and asks which way is better', async () => {
    const answers = answersOf([item({ size: 1 }), item({ size: 2 }), item({ size: 3 })]);
    const { page } = await open({ entry: 'compare', answers });
    await page.getByRole('button', { name: 'Measure against run-2' }).click();
    await page.getByRole('button', { name: 'Remove run-0' }).click();
    const arranged = (await callsOf(page, 'arrange')) as { refs: { id: string }[] }[];
    assert.deepEqual(
      arranged.map(({ refs }) => refs.map(({ id }) => id)),
      [
        ['run-2', 'run-0', 'run-1'],
        ['run-1', 'run-2'],
      ],
    );
    await page.getByRole('button', { name: 'Add…' }).click();
    await page.getByRole('button', { name: 'size: nobody said which way is better. Change…' }).click();
    assert.deepEqual([await callsOf(page, 'add'), await callsOf(page, 'judge')], [[{}], [{ metric: 'size' }]]);
  });

  it('finds rows by name and value, shows what is the same on request, and copies a report', async () => {
    const answers = answersOf([
      item({ auc: 1 }, { lr: '0.1', depth: '3' }),
      item({ auc: 2 }, { lr: '0.2', depth: '3' }),
    ]);
    const { page } = await open({ entry: 'compare', answers });
    await page.getByRole('button', { name: 'Only differences' }).click();
    await page.getByRole('row', { name: /^depth/ }).waitFor();
    await page.getByRole('searchbox').fill('0.2');
    await page.getByRole('row', { name: /^depth/ }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('row', { name: /^lr/ }).count(), 1);
    await page.getByRole('button', { name: 'Copy Report' }).click();
    const [copied] = (await callsOf(page, 'copy')) as { text: string }[];
    assert.match(copied?.text ?? '', /^# run-1 against run-0\n[^]*\| lr \| 0\.1 \| 0\.2 \|/);
  });

  it('shows data, environment and code that differ, what is the same folded, and opens the diff', async () => {
    const row = (group: string, key: string, ...values: string[]) => ({
      group,
      key,
      values,
      differs: values[0] !== values[1],
    });
    const details = {
      rows: [
        row('environment', 'numpy', '1.26', '2.4'),
        row('environment', 'mlflow', '3.1', '3.1'),
        row('signature', 'input age', 'double', 'double'),
        row('code', 'commit', '35e1a1ff', '8cd23fee'),
      ],
      missing: ["registry 'prod' lists no artifacts."],
    };
    const { page } = await open({
      entry: 'compare',
      answers: { ...answersOf([item({ a: 1 }), item({ a: 2 })]), details, changedFiles: 3 },
    });
    await page.getByRole('row', { name: /^numpy 1\.26 2\.4/ }).waitFor();
    await page.getByText('1 of 2 differ').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Signature' }).getAttribute('aria-expanded'), 'false');
    await page.getByText("registry 'prod' lists no artifacts.").waitFor();
    await page.getByRole('button', { name: '3 files changed' }).click();
    const [asked] = (await callsOf(page, 'openCodeDiff')) as { of: { id: string }[] }[];
    assert.deepEqual(
      asked?.of.map(({ id }) => id),
      ['run-0', 'run-1'],
    );
  });

  it('compares artifacts: tables and images in place, text in the diff editor, what one lacks said', async () => {
    const file = (path: string, size: number) => ({ root: { kind: 'run', runId: 'r' }, path, size });
    const pair = (path: string) => ({ path, files: [file(path, 10), file(path, 12)] });
    const table = (value: string) => ({
      kind: 'table',
      table: {
        columns: ['class', 'recall'],
        rows: [
          ['young', value],
          ['old', '1'],
        ],
        moreRows: false,
        moreColumns: 0,
      },
    });
    const answers = {
      ...answersOf([item({ a: 1 }), item({ a: 2 })]),
      artifacts: {
        pairs: [pair('per_class.csv'), pair('report.txt'), { path: 'only.txt', files: [file('only.txt', 1), null] }],
        more: true,
      },
      previews: [table('0.9'), table('0.8')],
    };
    const { page, violations } = await open({ entry: 'compare', answers });
    await page.getByRole('button', { name: 'Artifacts' }).click();
    await page.getByText('only in run-0').waitFor();
    await page.getByText('There are more folders than were looked at.').waitFor();
    await page.getByRole('button', { name: 'per_class.csv' }).press('Enter');
    await page.getByText('1 of 2 rows differ; rows matched by class.').waitFor();
    assert.match((await page.locator('td.differs').textContent()) ?? '', /0\.9 → 0\.8/);
    await page.getByRole('button', { name: 'report.txt' }).click();
    const [opened] = (await callsOf(page, 'openArtifacts')) as { path: string }[];
    assert.equal(opened?.path, 'report.txt');
    assert.deepEqual(violations, []);
  });

  it('lays images side by side, over each other to swipe, and their difference in black where they are the same', async () => {
    const file = { root: { kind: 'run', runId: 'r' }, path: 'icon.png', size: 10 };
    const answers = {
      ...answersOf([item({ a: 1 }), item({ a: 2 })]),
      artifacts: { pairs: [{ path: 'icon.png', files: [file, file] }], more: false },
      previews: ['#c00', '#0c0'].map((colour) => squareOf(colour)),
    };
    const { page, violations } = await open({ entry: 'compare', answers });
    await page.getByRole('button', { name: 'Artifacts' }).click();
    await page.getByRole('button', { name: 'icon.png' }).click();
    const pair = page.locator('rs-artifact-pair');
    const [left, right] = [pair.getByAltText('run-0: icon.png'), pair.getByAltText('run-1: icon.png')];
    const mode = (name: string) => pair.getByRole('button', { name, exact: true });
    /** What is seen in the middle of the left half of an image, and of its right half. */
    const seen = async () => {
      const box = await right.boundingBox();
      assert.ok(box);
      const at = (share: number) => colourAt(page, box.x + box.width * share, box.y + box.height / 2);
      return [await at(0.25), await at(0.75)];
    };
    await left.waitFor();
    assert.equal(await mode('Side by side').getAttribute('aria-pressed'), 'true');
    const boxes = [await left.boundingBox(), await right.boundingBox()];
    assert.ok((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0) <= (boxes[1]?.x ?? 0), 'they stand beside each other');
    await mode('Swipe').press('Enter');
    const slider = pair.getByRole('slider', { name: 'run-0 left of here, run-1 right of it' });
    assert.deepEqual(await seen(), ['204,0,0', '0,204,0']);
    await slider.press('Home');
    assert.deepEqual(await seen(), ['0,204,0', '0,204,0']);
    await slider.press('End');
    assert.deepEqual(await seen(), ['204,0,0', '204,0,0']);
    await mode('Difference').press('Enter');
    await pair.getByText('What is the same is black.').waitFor();
    assert.deepEqual(await seen(), ['204,204,0', '204,204,0']);
    assert.deepEqual(violations, []);
  });

  it('aligns marks and decimals of a row, and marks of all rows', async () => {
    const answers = answersOf([item({ auc: 0.9931, loss: 0.094 }), item({ auc: 0.994, loss: 0.12 })]);
    const { page } = await open({ entry: 'compare', answers });
    const marks = page.locator('td.mark span:not(.visually-hidden)');
    await marks.first().waitFor();
    const boxes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()));
    const lefts = boxes.map((box) => Math.round(box?.x ?? NaN));
    assert.equal(lefts.length, 2);
    assert.equal(new Set(lefts).size, 1);
    assert.match((await page.getByRole('row', { name: /^loss/ }).textContent()) ?? '', /0\.0940.*0\.1200.*\+0\.0260/s);
  });

  it('says something true of NaN, infinity, 1e308, of nothing in common and of hostile names', async () => {
    const odd = answersOf([item({ auc: NaN, f1: -1e308, r2: Infinity }), item({ auc: 1, f1: 1e308, r2: 1, loss: 2 })]);
    const { page, violations } = await open({ entry: 'compare', answers: odd });
    await page.getByRole('row', { name: /^auc.*NaN/ }).waitFor();
    await page.getByRole('row', { name: /^r2.*∞/ }).waitFor();
    const names = [hostile, 'שלום\n🙂'];
    const apart = answersOf([item({ a: 1 }, { [hostile]: 'x'.repeat(2000) }), item({ b: 2 })], undefined, names);
    const other = await open({ entry: 'compare', answers: apart, size: { width: 480, height: 800 } });
    await other.page.getByText('2 of 2 differ').waitFor();
    assert.equal(await other.page.evaluate('window.hacked'), undefined);
    assert.equal(
      await other.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
      false,
    );
    assert.deepEqual([...violations, ...other.violations], []);
  });

  it('shows 5,000 metrics of two runs in pieces', async () => {
    const many = (shift: number): Values =>
      Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${String(i).padStart(4, '0')}`, i + shift]));
    const { page } = await open({ entry: 'compare', answers: answersOf([item(many(0)), item(many(1))]) });
    await page.getByText('5000 of 5000 differ').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 300);
    await page.getByRole('button', { name: 'Show all 5000' }).click();
    await page.locator('tr[data-key=m4999]').waitFor();
  });

  it('keeps the content where the evidence cannot be read, and says what failed', async () => {
    const answers = { ...compareAnswers, evidence: "registry 'prod' did not answer within 10 s." };
    const { page } = await open({ entry: 'compare', answers, lines: compareLines });
    await page.getByRole('alert').getByText("registry 'prod' did not answer").waitFor();
    await page.getByRole('row', { name: /^auc/ }).waitFor();
  });
});

/** A picture of one colour, as a host sends it. */
function squareOf(colour: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;
  return { kind: 'image', type: 'image/svg+xml', bytes: svg };
}

/** What a point of the page looks like, "r,g,b". */
async function colourAt(page: Page, x: number, y: number): Promise<string> {
  const png = await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } });
  return page.evaluate(
    async (bytes) => {
      const self = globalThis as unknown as {
        createImageBitmap(blob: Blob): Promise<object>;
        OffscreenCanvas: new (
          width: number,
          height: number,
        ) => {
          getContext(kind: '2d'): {
            drawImage(image: object, x: number, y: number): void;
            getImageData(...box: number[]): { data: Uint8Array };
          };
        };
      };
      const pen = new self.OffscreenCanvas(1, 1).getContext('2d');
      pen.drawImage(await self.createImageBitmap(new Blob([Uint8Array.from(bytes)])), 0, 0);
      return pen.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
    },
    [...png],
  );
}
