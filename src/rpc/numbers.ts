/*
 * VS Code carries webview messages as JSON (with ArrayBuffers beside it): NaN and infinities would arrive as null.
 * MLflow logs them, so they travel as marked strings. Typed arrays pass untouched.
 */
const marks: readonly (readonly [number, string])[] = [
  [NaN, '\u0000NaN'],
  [Infinity, '\u0000+Infinity'],
  [-Infinity, '\u0000-Infinity'],
];

export function packNumbers(value: unknown): unknown {
  if (typeof value === 'number') return marks.find(([number]) => Object.is(number, value))?.[1] ?? value;
  return mapParts(value, packNumbers);
}

export function unpackNumbers(value: unknown): unknown {
  if (typeof value === 'string') return marks.find(([, mark]) => mark === value)?.[0] ?? value;
  return mapParts(value, unpackNumbers);
}

/** A table has arrays of a hundred thousand names and ids: they pass with one look at each. */
function isUnmarked(value: unknown): boolean {
  return typeof value === 'string' && !value.startsWith('\u0000');
}

function mapParts(value: unknown, map: (part: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return value;
  if (Array.isArray(value)) return value.every(isUnmarked) ? value : value.map(map);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, map(part)]));
}
