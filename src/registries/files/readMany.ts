import { FileReader } from './fileReader';
import type { Pieces } from './pieces';
import type { RunFolder } from './runFolder';
import { type ReadValues, RunValueReader } from './runValues';

/** Another thread that reads the values of runs. */
export interface ReadingHelper {
  /** In the order of the folders. */
  read(dirs: readonly string[]): Promise<readonly ReadValues[]>;
  dispose(): void;
}

interface ReadingPlace {
  readonly root: string;
  /** ms since epoch, by the clock that files are dated by. */
  readonly now: () => number;
  readonly startHelper?: ((root: string) => ReadingHelper) | undefined;
}

/** So many runs take longer to read than a thread to start, and so many are handed over at once. */
const worthHelp = 400;
const handful = 50;

/** Reads the values of runs, with the help of another thread where there are many, and gives each to `take`. */
export function* readMany<Item extends { readonly run: RunFolder }>(
  items: readonly Item[],
  { root, now, startHelper }: ReadingPlace,
  take: (item: Item, read: ReadValues) => void,
): Pieces<void> {
  const reader = new RunValueReader(new FileReader(root));
  const line = new Line(items);
  const helper = items.length < worthHelp ? undefined : startHelper?.(root);
  try {
    // Two handfuls under way, so that the helper need not wait for us to look up.
    const shares = helper ? [share(line, helper, take), share(line, helper, take)] : [];
    for (let item = line.next(); item; item = line.next()) {
      take(item, yield* reader.read(item.run.dir, now()));
      yield undefined;
    }
    for (const shared of shares) yield shared;
    for (const item of line.returned) take(item, yield* reader.read(item.run.dir, now()));
  } finally {
    line.close();
    helper?.dispose();
  }
}

/** Items that are taken one by one from the front and by the handful from the back. */
class Line<Item> {
  readonly returned: Item[] = [];
  private at = 0;
  private end: number;

  constructor(private readonly items: readonly Item[]) {
    this.end = items.length;
  }

  next(): Item | undefined {
    return this.at < this.end ? this.items[this.at++] : undefined;
  }

  lastHandful(): readonly Item[] {
    const from = Math.max(this.at, this.end - handful);
    const taken = this.items.slice(from, this.end);
    this.end = from;
    return taken;
  }

  close(): void {
    this.end = 0;
  }
}

async function share<Item extends { readonly run: RunFolder }>(
  line: Line<Item>,
  helper: ReadingHelper,
  take: (item: Item, read: ReadValues) => void,
): Promise<void> {
  for (let items = line.lastHandful(); items.length > 0; items = line.lastHandful()) {
    try {
      const read = await helper.read(items.map(({ run }) => run.dir));
      items.forEach((item, i) => {
        const values = read[i];
        if (values) take(item, values);
        else line.returned.push(item);
      });
    } catch {
      // Whoever reads it here meets the same, or nothing but the end of the helper.
      line.returned.push(...items);
      return;
    }
  }
}
