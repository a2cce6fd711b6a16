import type { Remembered } from '../../platform/memento';

/** Layouts of one kind, by the key of the panel that they are of. */
export type KeptLayouts = Pick<Remembered<Readonly<Record<string, unknown>>>, 'value' | 'set'>;

/** Layouts that are remembered; the oldest is forgotten first. */
const most = 200;

export async function keepLayout(kept: KeptLayouts, key: string, layout: unknown): Promise<void> {
  const others = Object.entries(kept.value).filter(([each]) => each !== key);
  await kept.set(Object.fromEntries([...others.slice(1 - most), [key, layout]]));
}
