import type { Disposable } from '../domain/ports';
import type { LogPiece } from '../domain/target';

export interface GrowingLog {
  read(from: number): Promise<LogPiece>;
  append(text: string): void;
  /** Whether more can come. */
  grows(): Promise<boolean>;
}

/** How often a followed log is read, ms. */
const interval = 500;
/** Readings without news after which it is asked whether any can come. */
const quietReadings = 20;

/** Hands on what a log holds and gets, until it is disposed, or nothing can come any more. */
export function followLog(log: GrowingLog, after: (ms: number, act: () => void) => Disposable): Disposable {
  let timer: Disposable | undefined;
  let left = false;
  let position = 0;
  let quiet = 0;
  let grows = true;
  const look = async (): Promise<void> => {
    // The log of an endpoint that was removed meanwhile just ends.
    const piece = await log.read(position).catch(() => undefined);
    if (left || !piece) return;
    if (piece.text) log.append(piece.text);
    else if (!grows) return;
    position = piece.next;
    quiet = piece.text ? 0 : quiet + 1;
    // What was written between the last reading and the end is read once more.
    if (quiet % quietReadings === quietReadings - 1) grows = await log.grows();
    again();
  };
  const again = (): void => {
    if (!left) timer = after(interval, () => void look());
  };
  void look();
  return {
    dispose: () => {
      left = true;
      timer?.dispose();
    },
  };
}
