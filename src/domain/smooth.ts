/**
 * An exponential moving average over the points in their order, as TensorBoard and MLflow draw it: `weight` (0 to 1) is
 * how much of what came before stays, and the first points are not drawn towards zero. What is not finite stays as it is
 * and moves nothing.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  const result = new Float64Array(values.length);
  let mean = 0;
  let missing = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) {
      result[i] = value;
      continue;
    }
    missing *= weight;
    const share = (1 - weight) / (1 - missing);
    mean = mean * (1 - share) + value * share;
    result[i] = mean;
  }
  return result;
}
