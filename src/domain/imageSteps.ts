/** A picture that was logged over and over: by MLflow's `log_image` under a key, or to paths that differ in one number. */
export interface ImageSeries {
  /** The key, or the path with `…` in place of its last number. */
  readonly name: string;
  /** Ascending; -1 where the path has no number. */
  readonly steps: readonly number[];
}

/** As `log_image` names what it logs under a key; before MLflow 3.11 with % in place of +, and # in place of ~ for a slash. */
const loggedImage = /^images\/([^/%+]+)([%+])step\2(-?\d+)\2timestamp\2\d+\2/;

/** The last number of any other path's file name is its step, as `confusion_120.png` or `step-3/plot.png` have it. */
export function stepOf(path: string): { readonly name: string; readonly step: number } {
  const logged = loggedImage.exec(path);
  if (logged) return { name: (logged[1] ?? '').replace(/[#~]/g, '/'), step: Number(logged[3]) };
  const found = /^(.*?)(\d+)(\D*)$/.exec(path);
  if (!found) return { name: path, step: -1 };
  return { name: `${found[1] ?? ''}…${found[3] ?? ''}`, step: Number(found[2]) };
}

/** Series over all runs, the longest first. */
export function imageSeries(paths: Iterable<string>): readonly ImageSeries[] {
  const steps = new Map<string, Set<number>>();
  for (const path of paths) {
    const { name, step } = stepOf(path);
    const known = steps.get(name);
    if (known) known.add(step);
    else steps.set(name, new Set([step]));
  }
  return [...steps]
    .map(([name, found]) => ({ name, steps: [...found].sort((a, b) => a - b) }))
    .sort((a, b) => b.steps.length - a.steps.length || (a.name < b.name ? -1 : 1));
}

/**
 * A run's image at a step: the last one that is not after it. Of the two that `log_image` makes of each, the small one
 * (`%compressed.webp`) comes first in the alphabet; of those logged at one step twice, the earlier one.
 */
export function imageAt(paths: readonly string[], name: string, step: number): string | undefined {
  const own = paths
    .map((path) => ({ path, ...stepOf(path) }))
    .filter((each) => each.name === name && each.step <= step);
  return own.sort((a, b) => a.step - b.step || (a.path < b.path ? -1 : 1)).at(-1)?.path;
}
