import { tickWords } from '../../domain/axisWords';
import { type Scale, ticksOf } from '../../domain/scale';
import type { Theme } from '../shared/theme';
import type { Pen } from './pen';

/** px */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the data of a chart are drawn, px from its top left. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One axis: round values at their places, or labels at 0, 1, 2 … */
export interface AxisLook {
  readonly scale: Scale;
  readonly labels?: readonly string[] | undefined;
  readonly title?: string;
}

interface Ticks {
  readonly at: readonly number[];
  readonly words: readonly string[];
}

/** px of a character of the 11 px font, on average. */
const character = 6.2;
const longestLabel = 14;

export function textWidth(text: string): number {
  return text.length * character;
}

export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

function ticks({ scale, labels }: AxisLook, count: number): Ticks {
  if (!labels) {
    const at = ticksOf(scale, Math.max(2, Math.floor(count)));
    return { at, words: tickWords(scale, at) };
  }
  const every = Math.max(1, Math.ceil(labels.length / Math.max(1, count)));
  const at = labels.map((_, place) => place).filter((place) => place % every === 0);
  return { at, words: at.map((place) => shortened(labels[place] ?? '', longestLabel)) };
}

const yTicks = (look: AxisLook, height: number): Ticks => ticks(look, height / 24);
const xTicks = (look: AxisLook, width: number): Ticks => ticks(look, width / (look.labels ? 90 : 75));

/** Whole px: a clip between them is blended at its edges, which takes a browser several times as long. */
export function areaOf({ width, height }: Size, x: AxisLook, y: AxisLook): Area {
  const { words } = yTicks(y, height);
  const widest = Math.max(3, ...words.map(({ length }) => length)) * character;
  const left = Math.floor(Math.min(width / 2, 10 + widest + (y.title ? 16 : 0)));
  return { left, top: 8, right: Math.floor(width) - 12, bottom: Math.floor(height) - (x.title ? 36 : 20) };
}

/** Lines behind the data, words at their ends. */
export function drawAxes(
  pen: Pen,
  theme: Theme,
  area: Area,
  [x, y]: readonly [AxisLook, AxisLook],
  placeX: (value: number) => number,
  placeY: (value: number) => number,
): void {
  const [across, up] = [xTicks(x, area.right - area.left), yTicks(y, area.bottom - area.top)];
  pen.font = theme.font;
  pen.strokeStyle = theme.grid;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.globalAlpha = 0.5;
  pen.beginPath();
  for (const tick of up.at) {
    const place = Math.round(placeY(tick)) + 0.5;
    pen.moveTo(area.left, place);
    pen.lineTo(area.right, place);
  }
  pen.stroke();
  pen.globalAlpha = 1;
  pen.fillStyle = theme.dimmed;
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  up.at.forEach((tick, i) => pen.fillText(up.words[i] ?? '', area.left - 5, placeY(tick)));
  pen.textAlign = 'center';
  across.at.forEach((tick, i) => {
    const text = across.words[i] ?? '';
    const half = textWidth(text) / 2;
    pen.fillText(text, Math.max(half, Math.min(area.right + 12 - half, placeX(tick))), area.bottom + 11);
  });
  drawTitles(pen, area, x.title, y.title);
}

function drawTitles(pen: Pen, area: Area, x: string | undefined, y: string | undefined): void {
  if (x) pen.fillText(shortened(x, 60), (area.left + area.right) / 2, area.bottom + 27);
  if (!y) return;
  pen.save();
  pen.translate(8, (area.top + area.bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(shortened(y, 40), 0, 0);
  pen.restore();
}

/** A sentence in place of data. */
export function drawWords(pen: Pen, theme: Theme, { width, height }: Size, words: string): void {
  pen.font = theme.font;
  pen.fillStyle = theme.dimmed;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(shortened(words, Math.floor(width / character)), width / 2, height / 2);
}
