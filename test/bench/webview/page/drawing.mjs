// @ts-nocheck

/** px of every chart. */
export const width = 1000;
export const height = 600;

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Until the frame that shows what was drawn is made, with what its canvas has put off. */
export async function presented(canvas) {
  await frame();
  canvas?.getContext('2d').getImageData(0, 0, 1, 1);
}

/** The same for elements: the browser draws them after their frame, and begins the third frame when it has done so. */
export async function presentedElements() {
  for (let i = 0; i < 3; i++) await frame();
}

/** Alone on the page, as large as every chart. */
export function place(element) {
  element.setAttribute('style', `display:block;width:${width}px;height:${height}px`);
  document.body.replaceChildren(element);
  return element;
}

/** One of our elements, drawn. */
export async function placeOurs(name, properties) {
  const chart = Object.assign(document.createElement(name), properties);
  place(chart);
  await shown(chart);
  return chart;
}

export async function shown(chart) {
  await chart.updateComplete;
  await presented(chart.shadowRoot.querySelector('canvas'));
}

/** ECharts tells when it has drawn all pieces of a large series. */
export async function finished(chart, draw) {
  const done = new Promise((resolve) => {
    const onFinished = () => {
      chart.off('finished', onFinished);
      resolve();
    };
    chart.on('finished', onFinished);
  });
  draw();
  await done;
  await presented(chart.getDom().querySelector('canvas'));
}

export function placeEcharts() {
  return globalThis.echarts.init(place(document.createElement('div')), undefined, { width, height });
}
