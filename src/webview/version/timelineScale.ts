import type { VersionMark, VersionMetric } from '../../domain/versionPage';

/** A point of the timeline; `place` only where the value can be drawn. */
export interface TimelinePoint extends VersionMark {
  readonly index: number;
  /** Absent where the version's run has no such metric. */
  readonly value: number | undefined;
  readonly place?: { readonly x: number; readonly y: number };
}

export interface Box {
  readonly width: number;
  readonly height: number;
  /** Space at each side, px. */
  readonly margin: number;
}

/** Versions side by side in their order, greatest value on top; what is no finite number has no place. */
export function timelinePoints(
  marks: readonly VersionMark[],
  metric: VersionMetric | undefined,
  box: Box,
): TimelinePoint[] {
  const values = marks.map((_, i) => metric?.values[i] ?? undefined);
  const finite = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  // Halves first: the difference of two numbers near 1e308 is infinite.
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity) / 2;
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity) / 2;
  const along = (share: number, size: number): number => Math.round(box.margin + share * (size - 2 * box.margin));
  return marks.map((mark, index) => {
    const value = values[index];
    if (value === undefined || !Number.isFinite(value)) return { ...mark, index, value };
    const x = along(marks.length > 1 ? index / (marks.length - 1) : 0.5, box.width);
    const y = along(high > low ? 1 - (value / 2 - low) / (high - low) : 0.5, box.height);
    return { ...mark, index, value, place: { x, y } };
  });
}

/** How many versions share one label, so that none runs into the next. */
export function labelEvery(count: number, width: number): number {
  const labelWidth = 44;
  return Math.max(1, Math.ceil((count * labelWidth) / Math.max(width, 1)));
}
