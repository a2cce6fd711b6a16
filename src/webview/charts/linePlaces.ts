import type { Axis } from '../../domain/reduce';
import { project, type Scale, scaleOver } from '../../domain/scale';
import { type Area, areaOf, type Size } from './axes';
import { type DrawnLine, scaleKind } from './lineData';

/** A range of x that is zoomed to; nothing for all. */
export type ZoomRange = readonly [number, number] | undefined;

/** Where values stand in a chart of lines, px. */
export interface Places {
  readonly area: Area;
  readonly x: Scale;
  readonly y: Scale;
  readonly placeX: (value: number) => number;
  readonly placeY: (value: number) => number;
}

interface Look {
  readonly axis: Axis;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly range: ZoomRange;
}

export function linePlaces(size: Size, drawn: readonly DrawnLine[], { axis, logX, logY, range }: Look): Places {
  const kind = scaleKind(axis, logX);
  const x =
    range && (kind !== 'log' || range[0] > 0)
      ? { kind, low: range[0], high: range[1] }
      : scaleOver(
          kind,
          drawn.map((line) => line.x),
        );
  const shown = drawn.flatMap(({ y, points }) => (points.smoothed ? [y, points.values] : [y]));
  const y = scaleOver(logY ? 'log' : 'linear', shown, 0.03);
  const area = areaOf(size, { scale: x }, { scale: y });
  return { area, x, y, placeX: project(x, area.left, area.right), placeY: project(y, area.bottom, area.top) };
}
