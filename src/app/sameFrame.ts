import type { Frame } from '../domain/frame';
import { columnNames } from '../domain/frame';
import type { FrameStore } from '../domain/ports';
import { sameContent } from './same';

/** Whether two open frames of a store have the same rows with the same values. */
export async function sameFrame(store: FrameStore, a: Frame, b: Frame, signal?: AbortSignal): Promise<boolean> {
  if (!sameContent(a.attributes, b.attributes) || !sameContent(a.keys, b.keys)) return false;
  for (const name of columnNames(a.keys)) {
    const [before, now] = await Promise.all([a, b].map(({ id }) => store.column({ id, ...name }, signal)));
    if (!sameContent(before, now)) return false;
  }
  return true;
}
