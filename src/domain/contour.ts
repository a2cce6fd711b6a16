/** A surface through scattered points: `size` x `size` cells, row by row from the least y; NaN far from any point. */
export interface Surface {
  readonly size: number;
  readonly values: Float64Array;
}

interface SurfacePoints {
  /** Places from 0 to 1. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/** Points that a surface is made of. */
export const mostPoints = 5000;

/**
 * Inverse distance weighting (power 2) over all points that have three finite coordinates: goes through the points and
 * never beyond their values, so that no extreme is invented between two runs.
 */
export function surfaceOf({ x, y, z }: SurfacePoints, size: number): Surface {
  const finite = [...x.keys()].filter((i) => [x[i], y[i], z[i]].every(Number.isFinite));
  // Evenly thinned: beyond that a surface of this many cells shows no difference, and takes seconds.
  const every = Math.ceil(finite.length / mostPoints);
  const usable = every > 1 ? finite.filter((_, i) => i % every === 0) : finite;
  const values = new Float64Array(size * size).fill(NaN);
  if (usable.length === 0) return { size, values };
  for (let cell = 0; cell < values.length; cell++) {
    const [cx, cy] = [((cell % size) + 0.5) / size, (Math.floor(cell / size) + 0.5) / size];
    let [mean, weights] = [0, 0];
    for (const i of usable) {
      const distance = ((x[i] ?? 0) - cx) ** 2 + ((y[i] ?? 0) - cy) ** 2;
      const weight = 1 / (distance + 1e-9);
      weights += weight;
      // A sum of values near 1.797e308 would be infinite.
      const share = weight / weights;
      mean = mean * (1 - share) + (z[i] ?? 0) * share;
    }
    values[cell] = mean;
  }
  return { size, values };
}

/** A piece of a line of one height: x1, y1, x2, y2 in places from 0 to 1. */
export type Segment = readonly [number, number, number, number];

/** Marching squares between the middles of cells. */
export function contourLines({ size, values }: Surface, height: number): Segment[] {
  const at = (column: number, row: number): number => values[row * size + column] ?? NaN;
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const corners: [number, number, number][] = [
        [column, row, at(column, row)],
        [column + 1, row, at(column + 1, row)],
        [column + 1, row + 1, at(column + 1, row + 1)],
        [column, row + 1, at(column, row + 1)],
      ];
      const crossings = corners.flatMap((from, i) => crossing(from, corners[(i + 1) % 4] ?? from, height, size));
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [a, b] = [crossings[i], crossings[i + 1]];
        if (a && b) segments.push([...a, ...b]);
      }
    }
  }
  return segments;
}

function crossing(
  [ax, ay, a]: readonly [number, number, number],
  [bx, by, b]: readonly [number, number, number],
  height: number,
  size: number,
): [number, number][] {
  if (!(a < height !== b < height) || Number.isNaN(a) || Number.isNaN(b)) return [];
  const part = (height - a) / (b - a);
  return [[(ax + (bx - ax) * part + 0.5) / size, (ay + (by - ay) * part + 0.5) / size]];
}
