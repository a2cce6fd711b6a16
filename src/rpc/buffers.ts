/** Buffers of an answer's columns, which move rather than being copied; one that is only partly used is copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found, 0);
  return [...found];
}

/** Columns lie at most this deep: answer → table → columns → column → array. */
const depth = 5;

function collect(value: unknown, found: Set<ArrayBuffer>, level: number): void {
  if (typeof value !== 'object' || value === null || level > depth) return;
  if (ArrayBuffer.isView(value)) {
    const { buffer } = value;
    if (buffer instanceof ArrayBuffer && value.byteLength === buffer.byteLength) found.add(buffer);
    return;
  }
  if (Array.isArray(value) && typeof value[0] !== 'object') return;
  for (const part of Object.values(value)) collect(part, found, level + 1);
}
