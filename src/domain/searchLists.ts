/*
 * MLflow reads the list of an IN as a Python literal: texts with Python's escapes, side by side they are one text, and
 * parentheses in parentheses are as good as one pair (mlflow.md §1.15).
 */

type Item = string | readonly Item[];

const text = /[ru]?(?:'((?:[^'\\\n]|\\[^])*)'|"((?:[^"\\\n]|\\[^])*)")/iy;
const blank = /(?:[ \t\f\r\n]|#[^\n]*(?:\n|$))*/y;
const deepest = 50;

/** The texts of a list such as `('a', "b")`; undefined where Python would find no texts in it. */
export function parseList(list: string): readonly string[] | undefined {
  const reader = new ListReader(list);
  const item = reader.item();
  if (item === undefined || !reader.atEnd()) return undefined;
  const items = typeof item === 'string' ? [item] : item;
  const texts = items.filter((one) => typeof one === 'string');
  return texts.length > 0 && texts.length === items.length ? texts : undefined;
}

class ListReader {
  private at = 0;

  constructor(private readonly source: string) {}

  atEnd(): boolean {
    this.take(blank);
    return this.at === this.source.length;
  }

  item(depth = 0): Item | undefined {
    return this.takes('(') ? this.tuple(depth + 1) : this.texts();
  }

  /** One item without a comma is the item itself. */
  private tuple(depth: number): Item | undefined {
    const items: Item[] = [];
    let commas = 0;
    while (!this.takes(')')) {
      const item = items.length === commas && depth < deepest ? this.item(depth) : undefined;
      if (item === undefined) return undefined;
      items.push(item);
      if (this.takes(',')) commas++;
    }
    return commas === 0 && items[0] !== undefined ? items[0] : items;
  }

  private texts(): string | undefined {
    let joined: string | undefined;
    for (;;) {
      this.take(blank);
      const found = this.take(text);
      if (!found) return joined;
      const value = valueOf(found);
      if (value === undefined) return undefined;
      joined = (joined ?? '') + value;
    }
  }

  private takes(character: string): boolean {
    this.take(blank);
    const found = this.source[this.at] === character;
    if (found) this.at++;
    return found;
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const escape = /\\(?:([0-7]{1,3})|x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|[^])/gi;

/** Undefined for a broken escape. */
function valueOf([whole, single, double]: RegExpExecArray): string | undefined {
  const body = single ?? double ?? '';
  if (/^r/i.test(whole)) return body;
  let value = '';
  let at = 0;
  for (const found of body.matchAll(escape)) {
    const [written, octal, ...hex] = found;
    const digits = octal ?? hex.find(Boolean);
    const code = digits === undefined ? undefined : parseInt(digits, octal === undefined ? 16 : 8);
    if (code === undefined ? /[xuUN]/.test(written) : code > 0x10ffff) return undefined;
    value += body.slice(at, found.index);
    value += code === undefined ? (escapes[written.slice(1)] ?? written) : String.fromCodePoint(code);
    at = found.index + written.length;
  }
  return value + body.slice(at);
}
