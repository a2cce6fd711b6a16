import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { chartsAnswers } from './chartsSample';
import { callsOf, change, usePanels } from './panelsPage';

describe('Images of runs (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = (image: unknown, paths: readonly string[] = chartsAnswers.images) =>
    openAny({
      entry: 'runs',
      answers: { ...chartsAnswers, image, images: [...paths] },
      size: { width: 1400, height: 900 },
      state: { charts: { charts: [{ kind: 'images', columns: [] }], share: 0.35 } },
    });
  const images = (page: Page) => page.locator('rs-image-grid');

  it('that could not be read say why, each on its own, and are read again on request', async () => {
    const { page, violations } = await open("Registry 'r' did not answer.");
    await images(page).getByText("Registry 'r' did not answer.").nth(5).waitFor();
    await page.evaluate(
      (image) => Object.assign(Reflect.get(globalThis, 'answers') as object, { image }),
      [...chartsAnswers.image],
    );
    const retries = images(page).getByRole('button', { name: 'Retry' });
    for (let left = await retries.count(); left > 0; left--) {
      await retries.first().click();
      await images(page)
        .locator('canvas[width="4"]')
        .nth(6 - left)
        .waitFor();
    }
    assert.deepEqual(violations, []);
  });

  it('that are none say so, and give way to others', async () => {
    const { page, violations } = await open([1, 2, 3]);
    await images(page).getByText('plots/step_1.png is no image that can be shown').nth(5).waitFor();
    await change(page, { images: ['plots/step_2.png'], image: [...chartsAnswers.image] });
    await images(page).locator('canvas[width="4"]').nth(5).waitFor();
    assert.deepEqual(violations, []);
  });

  it('are not asked for again where the table is read again', async () => {
    const { page } = await open(chartsAnswers.image);
    await images(page).locator('canvas[width="4"]').nth(5).waitFor();
    const before = (await callsOf(page, 'image')).length;
    await change(page, { images: [...chartsAnswers.images] });
    await page.waitForFunction(
      (count) =>
        (Reflect.get(globalThis, 'calls') as { k?: string }[]).filter(({ k }) => k === 'images').length > count,
      (await callsOf(page, 'images')).length - 1,
    );
    assert.equal((await callsOf(page, 'image')).length, before);
  });

  it('that log_image logged are chosen by key and step, in fields of the theme', async () => {
    const paths = [0, 10].map((step) => `images/samples%step%${step}%timestamp%1700000000000%0f3a-77.png`);
    const { page } = await open(chartsAnswers.image, paths);
    const field = images(page).getByRole('combobox', { name: 'Image' });
    await field.waitFor();
    assert.equal(await field.innerText(), 'samples');
    const fontOf = (each: typeof field) =>
      each.evaluate((one) => {
        const styleOf = Reflect.get(globalThis, 'getComputedStyle') as (of: unknown) => { fontFamily: string };
        return styleOf(one).fontFamily;
      });
    assert.equal(await fontOf(field), await fontOf(field.locator('..')));
    await images(page).getByRole('slider', { name: 'step 10' }).press('ArrowLeft');
    await images(page).getByText('step 0').waitFor();
    await images(page).locator('figcaption[title*="%step%0%"]').nth(5).waitFor();
  });
});
