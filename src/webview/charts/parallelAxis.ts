import { tickWords } from '../../domain/axisWords';
import { ticksOf } from '../../domain/scale';
import type { Theme } from '../shared/theme';
import { type AxisLook, shortened, textWidth } from './axes';
import type { Pen } from './pen';

/** px above and below the axes. */
export const top = 34;
export const bottom = 10;

/** px between the names of two axes. */
const gap = 14;

export interface AxisPlace extends AxisLook {
  readonly x: number;
  readonly place: (value: number) => number;
  /** px from the top of each row's value; made once, drawn at each brush. */
  readonly at: Float32Array;
}

interface AxisParts {
  readonly height: number;
  /** px to the next axis. */
  readonly room: number;
  readonly isLast: boolean;
  readonly range: readonly [number, number] | undefined;
}

/** The line with its name, ticks and brushed range. */
export function paintAxis(pen: Pen, theme: Theme, look: AxisPlace, { height, room, isLast, range }: AxisParts): void {
  const { x, scale, labels, title = '', place } = look;
  pen.strokeStyle = theme.foreground;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x, top);
  pen.lineTo(x, height - bottom);
  pen.stroke();
  if (range) {
    const [from, to] = [place(range[1]), place(range[0])];
    pen.globalAlpha = 0.4;
    pen.fillStyle = theme.foreground;
    pen.fillRect(x - 5, from, 10, Math.max(2, to - from));
    pen.globalAlpha = 1;
  }
  pen.font = theme.font;
  pen.fillStyle = theme.foreground;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  const name = shortened(title, Math.max(4, Math.floor((room - gap) / 6.4)));
  pen.fillText(name, isLast ? Math.max(0, x + 56 - textWidth(name)) : Math.max(2, x - 24), 10);
  const every = labels ? Math.ceil(labels.length / ((height - top) / 16)) : 1;
  const ticks = labels ? labels.map((_, at) => at).filter((at) => at % every === 0) : ticksOf(scale, height / 40);
  const words = labels ? ticks.map((at) => shortened(labels[at] ?? '', 12)) : tickWords(scale, ticks);
  ticks.forEach((tick, at) => paintTick(pen, theme, words[at] ?? '', x + 5, place(tick)));
}

/** On a ground of its own: the lines of all runs pass here. */
function paintTick(pen: Pen, theme: Theme, words: string, x: number, y: number): void {
  pen.fillStyle = theme.background;
  pen.globalAlpha = 0.75;
  pen.fillRect(x - 2, y - 7, textWidth(words) + 4, 14);
  pen.globalAlpha = 1;
  pen.fillStyle = theme.foreground;
  pen.fillText(words, x, y);
}
