import * as fs from 'node:fs';

/** Clocks of shared disks and their ticks may be wrong by this (ms): what is younger may be written again unseen. */
const settleMs = 5000;

/**
 * What the file system tells of files one after another, as one number to be compared: while it is the same, so are
 * they. The time of a file's last change (`ctime`) is in it, because a writer can set the other one as it likes.
 */
export class Stamp {
  private readonly number = new Float64Array(1);
  private readonly words = new Uint32Array(this.number.buffer);
  private high = 0;
  private low = 0;
  private newest = 0;

  reset(): this {
    this.high = this.low = this.newest = 0;
    return this;
  }

  add(stats: fs.Stats | undefined): void {
    if (!stats) {
      this.mix(-1);
      return;
    }
    const { ino, size, mtimeMs, ctimeMs } = stats;
    this.newest = Math.max(this.newest, mtimeMs, ctimeMs);
    this.mix(ino);
    this.mix(size);
    this.mix(mtimeMs);
    this.mix(ctimeMs);
  }

  addFile(file: string): void {
    this.add(statOf(file));
  }

  /** 53 bits of two hashes. */
  get value(): number {
    return (this.high >>> 0) * 0x200000 + (this.low >>> 11);
  }

  /** Whether all was written so long before `time` (ms since epoch) that a later write would show. */
  isSettledAt(time: number): boolean {
    return this.newest < time - settleMs;
  }

  private mix(number: number): void {
    this.number[0] = number;
    this.mixWord(this.words[0] ?? 0);
    this.mixWord(this.words[1] ?? 0);
  }

  private mixWord(word: number): void {
    const high = Math.imul(this.high ^ word, 0x9e3779b1);
    this.high = high ^ (high >>> 15);
    const spread = Math.imul(word, 0xcc9e2d51);
    const low = this.low ^ Math.imul((spread << 15) | (spread >>> 17), 0x1b873593);
    this.low = (Math.imul((low << 13) | (low >>> 19), 5) + 0xe6546b64) | 0;
  }
}

/** What cannot be looked at is as if it were not there: whoever reads it says why. */
function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
