// @ts-nocheck
import { height, place, presented, width } from './drawing.mjs';

/**
 * The floor of a line chart, written by hand: per px of width the first, least, greatest and last value of each line,
 * and nothing else, no axes (performance.md §1.2).
 */
export async function placeCanvas(histories) {
  const canvas = place(document.createElement('canvas'));
  canvas.width = width;
  canvas.height = height;
  await drawCanvas(canvas, histories, 0, histories[0].values.length);
  return canvas;
}

/** Draws the points from one to before another. */
export async function drawCanvas(canvas, histories, from, to) {
  const pen = canvas.getContext('2d');
  pen.clearRect(0, 0, width, height);
  const [low, high] = ends(histories, from, to);
  const y = (value) => height - ((value - low) / (high - low)) * height;
  histories.forEach(({ values }, line) => {
    pen.strokeStyle = `hsl(${line * 7} 60% 50%)`;
    pen.lineWidth = 1;
    pen.beginPath();
    trace(pen, values, from, to, y);
    pen.stroke();
  });
  await presented(canvas);
}

function ends(histories, from, to) {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of histories) {
    for (let i = from; i < to; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
  }
  return [low, high];
}

function trace(pen, values, from, to, y) {
  const each = (to - from) / width;
  // So few points are drawn as they are.
  if (each <= 4) {
    for (let i = from; i < to; i++) pen.lineTo((i - from) / each, y(values[i]));
    return;
  }
  for (let px = 0; px < width; px++) {
    const start = from + Math.floor(px * each);
    const end = Math.max(start + 1, from + Math.floor((px + 1) * each));
    let [least, greatest] = [values[start], values[start]];
    for (let i = start; i < end; i++) {
      if (values[i] < least) least = values[i];
      if (values[i] > greatest) greatest = values[i];
    }
    for (const value of [values[start], least, greatest, values[end - 1]]) pen.lineTo(px, y(value));
  }
}
