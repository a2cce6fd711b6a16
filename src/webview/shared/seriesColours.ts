/**
 * What is charted, and its place in the series palette, by `refKey`; plain data, kept in the panel's state. A place is
 * given in order of joining and kept until its run leaves, so that a run has one colour in table and charts
 * (`seriesClass` and `seriesStroke` of theme.ts draw a place).
 */
export type SeriesColours = Readonly<Record<string, number>>;

/** Each of these charted; those that are already keep their places, others get the lowest free ones. */
export function joinSeries(colours: SeriesColours, keys: readonly string[]): SeriesColours {
  const joined: Record<string, number> = { ...colours };
  const taken = new Set(Object.values(colours));
  let place = 0;
  for (const key of keys) {
    if (Object.hasOwn(joined, key)) continue;
    while (taken.has(place)) place += 1;
    joined[key] = place;
    taken.add(place);
  }
  return joined;
}

export function leaveSeries(colours: SeriesColours, keys: readonly string[]): SeriesColours {
  const leaving = new Set(keys);
  return Object.fromEntries(Object.entries(colours).filter(([key]) => !leaving.has(key)));
}

/** All of them leave where all are charted, else all join. */
export function toggleSeries(colours: SeriesColours, keys: readonly string[]): SeriesColours {
  return keys.every((key) => Object.hasOwn(colours, key)) ? leaveSeries(colours, keys) : joinSeries(colours, keys);
}

/** These alone; those that are charted already keep their places. */
export function onlySeries(colours: SeriesColours, keys: readonly string[]): SeriesColours {
  const wanted = new Set(keys);
  return joinSeries(Object.fromEntries(Object.entries(colours).filter(([key]) => wanted.has(key))), keys);
}

/** Beyond, at least three lines would look alike, and dashed ones take half as long again (`npm run bench -- webview`). */
const dashedSeries = 36;

/** The place to draw one of so many by, in a chart and in its legend alike: of more than dashes tell apart none has any. */
export function seriesAmong(index: number, count: number): number {
  return count > dashedSeries ? index % 6 : index;
}
