import fc, { type Arbitrary } from 'fast-check';

/* The words of generated searches: names, signs and values as people, scripts and typing mistakes write them. */

export const oneOf = <T>(...values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values);

/** Now and then something else. */
export const mostly = <T>(usual: Arbitrary<T>, weight: number, unusual: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: unusual });

/** What make_search_store.py logs as text. */
export const texts = [
  'cnn',
  'CNN',
  'rnn',
  "it's",
  'so "called"',
  'first\nsecond',
  'ÄÖ näïve',
  '🚀 launch',
  '100%',
  'a_b',
];
const strangers = [...texts, 'red', 'Run 3', 'FAILED', 'true', '1', ''];

export const signs = oneOf('=', '!=', '>', '>=', '<', '<=');
export const equals = oneOf('=', '!=');
const likes = mostly(oneOf('LIKE', 'ILIKE', 'LIKE', 'ILIKE', 'ilike'), 20, oneOf('NOT LIKE', 'RLIKE'));
const wrongSigns = oneOf('==', '<>', '>', 'IN', 'NOT IN', 'LIKE', 'BETWEEN', '~', 'IS', 'RLIKE', '<=>');
const blanks = mostly(oneOf(' ', ' ', ' ', '', '  ', '\n', '\t'), 80, oneOf('\u00a0', '/* */', '.'));

/** Words with blanks between them, where there must be one and elsewhere. */
export const joined = (...parts: readonly Arbitrary<string>[]): Arbitrary<string> =>
  fc
    .tuple(fc.tuple(...parts), fc.array(blanks, { minLength: parts.length, maxLength: parts.length }))
    .map(([words, spaces]) =>
      words.reduce((text, word, i) => {
        const blank = spaces[i] ?? '';
        return text + (blank === '' && /\w$/.test(text) && /^\w/.test(word) ? ' ' : blank) + word;
      }),
    );

const quotedKey = (key: string): Arbitrary<string> => {
  const bare = /^[\wК-ю.]+$/.test(key) ? [key, key, key] : [];
  return mostly(oneOf(...bare, `\`${key}\``, `"${key}"`, `'${key}'`), 40, oneOf(key));
};

/** `prefix.key` */
export const fieldOf = (prefixes: readonly string[], keys: readonly string[]): Arbitrary<string> =>
  fc.tuple(oneOf(...prefixes), oneOf(...keys).chain(quotedKey)).map((parts) => parts.join('.'));

function quoted(text: string): Arbitrary<string> {
  const fitting = [`'${text}'`, `"${text}"`].filter((one) => !text.includes(one.charAt(0)));
  return mostly(oneOf(...(fitting.length > 0 ? fitting : [`'${text}'`])), 50, oneOf(`'${text}'`, text, `\`${text}\``));
}

/** A text with a piece put in for `%` or `_`, and other cases of letters. */
const patternOf = (values: readonly string[]): Arbitrary<string> =>
  fc.tuple(oneOf(...values), fc.nat(5), fc.nat(2), oneOf('%', '%', '_', '%%')).chain(([text, from, length, joker]) => {
    const letters = Array.from(text);
    letters.splice(from, joker === '_' ? 1 : length, joker);
    const made = letters.join('');
    return oneOf(
      made,
      `%${made}`,
      `${made}%`,
      `%${Array.from(text).slice(1, 3).join('')}%`,
      made.toUpperCase(),
      made.toLowerCase(),
    );
  });

export const textValue = (values: readonly string[]): Arbitrary<string> =>
  mostly(oneOf(...values), 15, oneOf(...strangers)).chain(quoted);

const numberValue = mostly(
  oneOf('0', '0.5', '-0.5', '.5', '1', '1.', '1e-05', '1E3', '12345.678', '0.3', '2', '-1', '1e999'),
  20,
  oneOf('+1', '0x1F', 'nan', "'1'", '1e+3', '.5e1', '1_000', '10a', '- 1'),
);

const listValue = (values: readonly string[]): Arbitrary<string> =>
  fc
    .tuple(fc.array(textValue(values), { maxLength: 4 }), oneOf('', ','), oneOf('', ' '))
    .map(([items, comma, blank]) => `(${items.join(`,${blank}`)}${items.length > 0 ? comma : ''})`);

export const numeric = (field: Arbitrary<string>, value: Arbitrary<string> = numberValue): Arbitrary<string> =>
  joined(field, mostly(signs, 40, wrongSigns), value);

export const textual = (field: Arbitrary<string>, values: readonly string[]): Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: joined(field, mostly(equals, 40, wrongSigns), textValue(values)) },
    { weight: 3, arbitrary: joined(field, likes, patternOf(values).chain(quoted)) },
  );

/** Comparisons of the keys with what they may hold. */
export const keyed = (
  prefixes: readonly string[],
  values: Readonly<Record<string, readonly string[]>>,
): Arbitrary<string> =>
  oneOf(...Object.entries(values)).chain(([key, held]) => textual(fieldOf(prefixes, [key]), held));

export const absent = (field: Arbitrary<string>): Arbitrary<string> =>
  joined(field, mostly(oneOf('IS NULL', 'IS NOT NULL', 'is null', 'IS  NULL'), 20, oneOf('IS NOT', 'NULL')));

export const listed = (field: Arbitrary<string>, values: readonly string[]): Arbitrary<string> =>
  joined(field, mostly(oneOf('IN', 'NOT IN', 'IN', 'in', 'NOT  IN'), 20, equals), listValue(values));

const slips = [
  '',
  "'",
  '"',
  '`',
  '(',
  ')',
  '%',
  '.',
  ',',
  ';',
  '=',
  '<',
  ' ',
  '\n',
  '-',
  '#',
  'AND',
  '1',
  'x',
  '\0',
  '\\',
];

/** What a slip of the finger leaves behind. */
export const slipped = (filter: Arbitrary<string>): Arbitrary<string> =>
  fc.tuple(filter, fc.nat(80), fc.nat(2), oneOf(...slips)).map(([text, from, length, typed]) => {
    const letters = Array.from(text);
    letters.splice(from % (letters.length + 1), length, typed);
    return letters.join('');
  });
