/**
 * The line of a sparkline as an SVG path over the width, greatest value on top. A value that is no finite number breaks
 * it; a point between two breaks becomes a dot by the round ends of its stroke.
 */
export function sparkPath(x: Float64Array, values: Float64Array, width: number, height: number): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return '';
  const across = scale(x, width);
  const up = scale(finite, height);
  let path = '';
  let joined = false;
  values.forEach((value, i) => {
    const isDrawn = Number.isFinite(value);
    if (isDrawn) {
      const place = `${across(x[i] ?? 0)} ${round(height - up(value))}`;
      path += joined ? `L${place}` : `M${place}h0`;
    }
    joined = isDrawn;
  });
  return path;
}

/** Halves first: the difference of two numbers near 1e308 is infinite. */
function scale(values: Float64Array, size: number): (value: number) => number {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity) / 2;
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity) / 2;
  return (value) => round(high > low ? ((value / 2 - low) / (high - low)) * size : size / 2);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
