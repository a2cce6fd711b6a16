import type { LinePen } from './linePath';

/** What a band is drawn with. */
export type BandPen = Pick<LinePen, 'beginPath' | 'moveTo' | 'lineTo' | 'fill'> & { closePath(): void };

/** px over which extremes are joined: narrower, a band would be no wider than its own line. */
const step = 4;

/** From x on, between top and bottom. */
type Column = [x: number, top: number, bottom: number];

/** Between the least and the greatest of a reduced line; it breaks where the line does. */
export function fillBand(
  pen: BandPen,
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  placeX: (value: number) => number,
  placeY: (value: number) => number,
): void {
  let columns: Column[] = [];
  let lastX = 0;
  const end = (): void => {
    const [, top, bottom] = columns.at(-1) ?? [0, 0, 0];
    if (columns.length > 1) fillColumns(pen, [...columns, [lastX, top, bottom]]);
    columns = [];
  };
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [placeX(x[i] ?? NaN), placeY(y[i] ?? NaN)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      end();
      continue;
    }
    const column = columns.at(-1);
    if (!column || px >= column[0] + step) columns.push([px, py, py]);
    else {
      column[1] = Math.min(column[1], py);
      column[2] = Math.max(column[2], py);
    }
    lastX = px;
  }
  end();
}

function fillColumns(pen: BandPen, columns: readonly Column[]): void {
  pen.beginPath();
  columns.forEach(([x, top], i) => (i === 0 ? pen.moveTo(x, top) : pen.lineTo(x, top)));
  for (const [x, , bottom] of [...columns].reverse()) pen.lineTo(x, bottom);
  pen.closePath();
  pen.fill();
}
