import type { Locator } from 'playwright-core';
import { callsOf } from './panelsPage';

/** What one chart saved as `kind`; a picture as the number of its pixels. @param press by key rather than by mouse */
export async function exported(
  chart: Locator,
  title: string,
  kind: 'SVG' | 'PNG' | 'CSV',
  press = false,
): Promise<string> {
  const page = chart.page();
  const use = (button: Locator): Promise<void> => (press ? button.press('Enter') : button.click());
  await use(chart.getByRole('button', { name: `Export ${title}` }));
  const before = (await callsOf(page, 'saveChart')).length;
  await use(chart.getByRole('button', { name: kind, exact: true }));
  await page.waitForFunction(
    (count) =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).filter(({ k }) => k === 'saveChart').length > count,
    before,
  );
  return page.evaluate(`(async () => {
    const { content } = calls.filter(({ k }) => k === 'saveChart').at(-1).args;
    if (typeof content === 'string') return content;
    const { width, height } = await createImageBitmap(new Blob([content]));
    return width + ' x ' + height;
  })()`);
}
