export const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const minus = 45;

/** 1 for the bytes that a float is written with. */
const floatBytes = new Uint8Array(256);
for (const byte of Buffer.from('0123456789+-.eEnNaAiIfFtTyY')) floatBytes[byte] = 1;

/**
 * The lines `timestamp value [step [more]]` of a piece of a metric file (mlflow.md §2.3), read in one pass over the
 * bytes. What follows the step (a dataset, a run id) is `rest`; a line that is none is skipped.
 */
export class MetricLines {
  timestamp = 0;
  step = 0;
  /** 2 without step, 3 with one, 4 with more. */
  fields = 0;
  /** Where the text of the value stands; it becomes a number only when asked for. */
  valueStart = 0;
  valueEnd = 0;
  private restStart = 0;
  private at = 0;
  private end = 0;

  constructor(readonly buffer: Buffer) {}

  over(start: number, end: number): this {
    this.at = start;
    this.end = end;
    return this;
  }

  /** Moves to the next sound line; false at the end. */
  next(): boolean {
    while (this.at < this.end) {
      const sound = this.parse();
      this.toNextLine();
      if (sound) return true;
    }
    return false;
  }

  get value(): number {
    return this.valueAt(this.valueStart, this.valueEnd);
  }

  valueAt(start: number, end: number): number {
    return parseFloatText(this.buffer.toString('latin1', start, end)) ?? NaN;
  }

  /** What follows the step; asked before the next line. */
  get rest(): string {
    return this.buffer.toString('utf8', this.restStart, Math.min(this.at, this.end)).trim();
  }

  private parse(): boolean {
    this.skipBlanks();
    this.timestamp = this.integer();
    if (Number.isNaN(this.timestamp)) return false;
    this.skipBlanks();
    if (!this.float()) return false;
    this.skipBlanks();
    if (this.atLineEnd()) {
      this.fields = 2;
      this.step = 0;
    } else {
      this.step = this.integer();
      this.restStart = this.at;
      this.skipBlanks();
      this.fields = this.atLineEnd() ? 3 : 4;
    }
    return !Number.isNaN(this.step);
  }

  private atLineEnd(): boolean {
    return this.at >= this.end || this.buffer[this.at] === lineFeed;
  }

  private toNextLine(): void {
    if (!this.atLineEnd()) {
      const found = this.buffer.indexOf(lineFeed, this.at);
      this.at = found < 0 || found > this.end ? this.end : found;
    }
    this.at++;
  }

  private skipBlanks(): void {
    while (this.at < this.end && isBlank(this.buffer[this.at])) this.at++;
  }

  /** Reads an integer; NaN where the word is none. */
  private integer(): number {
    const { buffer, end } = this;
    let at = this.at;
    const negative = buffer[at] === minus;
    if (negative) at++;
    const first = at;
    let number = 0;
    for (; at < end; at++) {
      const digit = (buffer[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    this.at = at;
    if (at === first || (at < end && (buffer[at] ?? 0) > space)) return NaN;
    return negative ? -number : number;
  }

  /** Passes over a float. */
  private float(): boolean {
    const { buffer, end } = this;
    let at = this.at;
    this.valueStart = at;
    while (at < end && floatBytes[buffer[at] ?? 0] === 1) at++;
    this.valueEnd = this.at = at;
    return at > this.valueStart && (at >= end || (buffer[at] ?? 0) <= space);
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === carriageReturn || byte === 9;
}

/** A float as Python's `float()` reads it; undefined where it is none. */
function parseFloatText(text: string): number | undefined {
  const number = Number(text);
  if (!Number.isNaN(number) && text !== '') return number;
  const word = /^([-+]?)(nan|inf|infinity)$/i.exec(text);
  if (!word) return undefined;
  if (word[2]?.toLowerCase() === 'nan') return NaN;
  return word[1] === '-' ? -Infinity : Infinity;
}
