import type { ReducedPoints } from '../../domain/reduce';

interface Wanted {
  readonly id: string;
  /** It logs no more. */
  readonly ended: boolean;
}

/** Points that are kept (24 bytes each). */
const mostPoints = 2_000_000;

/**
 * Reduced lines of runs that have ended: while others still run, a chart asks for the lines of these alone.
 *
 * @param most points of all that is kept; the lines that were asked for longest ago go first
 */
export class LineCache {
  private readonly kept = new Map<string, Map<string, ReducedPoints>>();

  constructor(private readonly most = mostPoints) {}

  /** @param request all that a line depends on but its run @param read asks for the runs at these places */
  async lines(
    request: string,
    runs: readonly Wanted[],
    read: (places: readonly number[]) => Promise<readonly ReducedPoints[]>,
  ): Promise<readonly ReducedPoints[]> {
    const known = this.kept.get(request) ?? new Map<string, ReducedPoints>();
    const missing = runs.flatMap(({ id }, place) => (known.has(id) ? [] : [place]));
    const found = missing.length > 0 ? await read(missing) : [];
    const lines = new Map(missing.map((place, i) => [place, found[i]]));
    const all = runs.flatMap(({ id }, place) => lines.get(place) ?? known.get(id) ?? []);
    missing.forEach((place) => {
      const [run, points] = [runs[place], lines.get(place)];
      if (run?.ended && points) known.set(run.id, points);
    });
    this.kept.delete(request);
    this.kept.set(request, known);
    this.shrink();
    return all;
  }

  private shrink(): void {
    const sizes = [...this.kept].map(([request, lines]): [string, number] => [request, sizeOf(lines)]);
    let points = sizes.reduce((sum, [, size]) => sum + size, 0);
    for (const [request, size] of sizes) {
      if (points <= this.most) return;
      this.kept.delete(request);
      points -= size;
    }
  }
}

function sizeOf(lines: ReadonlyMap<string, ReducedPoints>): number {
  let points = 0;
  for (const { values } of lines.values()) points += values.length;
  return points;
}
