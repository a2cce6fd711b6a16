import assert from 'node:assert/strict';
import { UserError } from '../../../src/domain/errors';
import { parseFilter, parseOrderBy } from '../../../src/domain/search';
import { beyondMlflow, comparisonsOf, type Condition, isGroup } from '../../../src/domain/searchAst';
import type { SearchScope } from '../../../src/domain/searchFields';

const runs = (filter: string) => parseFilter(filter, 'runs').flatMap(comparisonsOf);

/** Groups as `[operator, …parts]`, comparisons as `key comparator value`. */
function shape(condition: Condition): unknown {
  if (isGroup(condition)) return [condition.operator, ...condition.parts.map(shape)];
  const { field, comparator, value } = condition;
  return [field.key, comparator, ...(value === undefined ? [] : [String(value)])].join(' ');
}

const shapes = (filter: string, scope: SearchScope = 'runs'): unknown[] => parseFilter(filter, scope).map(shape);
const beyond = (filter: string, scope: SearchScope = 'runs') => beyondMlflow(parseFilter(filter, scope));

function refusal(parse: () => unknown): UserError {
  try {
    parse();
  } catch (error) {
    if (error instanceof UserError && error.kind === 'invalid') return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

function assertRefused(filter: string, sentence: RegExp, scope: SearchScope = 'runs'): void {
  assert.match(refusal(() => parseFilter(filter, scope)).message, sentence, filter);
}

/** The piece of a refused filter that a face underlines. */
function underlined(filter: string, scope: SearchScope = 'runs'): string {
  const { span } = refusal(() => parseFilter(filter, scope));
  assert.ok(span, filter);
  return filter.slice(span.start, span.end);
}

describe('search filter', () => {
  it('is empty for no filter and for blanks', () => {
    assert.deepEqual(parseFilter(undefined, 'runs'), []);
    assert.deepEqual(runs(' \n'), []);
  });

  it('reads each kind of field under all of its prefixes', () => {
    const kinds = {
      metric: ['metric', 'metrics'],
      param: ['param', 'params', 'parameter', 'parameters'],
      tag: ['tag', 'tags'],
    };
    for (const [kind, prefixes] of Object.entries(kinds)) {
      const value = kind === 'metric' ? 1 : 'x';
      for (const prefix of prefixes) {
        const filter = `${prefix}.key = ${kind === 'metric' ? '1' : "'x'"}`;
        const span = { start: 0, end: filter.length };
        assert.deepEqual(runs(filter), [{ field: { kind, key: 'key' }, comparator: '=', value, span }]);
      }
    }
  });

  it('normalises the attribute aliases', () => {
    const key = (filter: string) => runs(filter)[0]?.field.key;
    for (const name of ['created', 'Created', 'attr.created', 'attribute.start_time', 'run.start_time']) {
      assert.equal(key(`${name} > 1`), 'start_time');
    }
    for (const name of ['attributes.`Run Name`', '`run name`', 'attributes."Run name"', 'run_name']) {
      assert.equal(key(`${name} = 'x'`), 'run_name');
    }
  });

  it('keeps everything after the first dot as the key, quoted or not', () => {
    const key = (filter: string) => runs(filter)[0]?.field.key;
    assert.equal(key("tags.mlflow.source.name = 'x'"), 'mlflow.source.name');
    assert.equal(key('metrics.`val/acc 1.5` > 0'), 'val/acc 1.5');
    assert.equal(key('metrics."val/acc" > 0'), 'val/acc');
    assert.equal(key("params.`__proto__` = 'x'"), '__proto__');
    assert.equal(key("tags.ключ = 'x'"), 'ключ');
  });

  it('reads numbers as MLflow writes them', () => {
    const value = (text: string) => runs(`metrics.a > ${text}`)[0]?.value;
    assert.deepEqual(
      ['0', '-1', '1.5', '.5', '-.5', '5.', '1e3', '1.5e-3'].map(value),
      [0, -1, 1.5, 0.5, -0.5, 5, 1000, 0.0015],
    );
  });

  it('keeps both characters of a doubled or escaped quote, as MLflow does', () => {
    const value = (text: string) => runs(`params.a = ${text}`)[0]?.value;
    assert.equal(value(`'it''s'`), `it''s`);
    assert.equal(value(String.raw`'it\'s'`), String.raw`it\'s`);
    assert.equal(value(`"it's AND more"`), `it's AND more`);
    assert.equal(value(String.raw`'C:\'`), 'C:\\');
    assert.equal(value(`'line\nbreak'`), 'line\nbreak');
  });

  it('reads every comparator in any case', () => {
    const filter =
      "metrics.a>=1 and params.b LIKE '%x' AND tags.c ilike 'Y_' And run_id in ('a', \"b\",) AND " +
      "datasets.name NOT IN ('d') AND tags.e IS NULL AND params.f is not null AND status != 'FAILED'";
    assert.deepEqual(
      runs(filter).map(({ comparator, value }) => [comparator, value]),
      [
        ['>=', 1],
        ['LIKE', '%x'],
        ['ILIKE', 'Y_'],
        ['IN', ['a', 'b']],
        ['NOT IN', ['d']],
        ['IS NULL', undefined],
        ['IS NOT NULL', undefined],
        ['!=', 'FAILED'],
      ],
    );
  });

  it('names the character where it stopped', () => {
    assertRefused("metrics.a > 'x'", /number without quotes at character 13/);
    assertRefused('metrics.a > nan', /number without quotes at character 13, found "nan"/);
    assertRefused('params.a = x', /single or double quotes at character 12, found "x"/);
    assertRefused('params.a = `x`', /single or double quotes at character 12/);
    assertRefused('params.a =', /ends at character 11/);
    assertRefused("params.a = 'x", /quote at character 12 is never closed/);
    assertRefused('metrics.val/acc > 1', /unexpected "\/" at character 12/);
    assertRefused('run_id IN ()', /expected a list .* at character 11, found "\(\)"/);
    assertRefused("params.a = 'x' OR", /ends at character 18/);
    assertRefused("(params.a = 'x'", /ends at character 16 where \) was expected/);
    assertRefused("params.a = 'x')", /expected AND at character 15, found "\)"/);
  });

  it('refuses comparators and names that MLflow refuses', () => {
    assertRefused("metrics.a LIKE 'x'", /expected one of =, !=, >, >=, <, <= at character 11, found "LIKE"/);
    assertRefused("params.a > 'x'", /number without quotes at character 12/);
    assertRefused("status > 'x'", /found ">"/);
    assertRefused("params.a == 'x'", /found "=="/);
    assertRefused('user IS NULL', /character 1: unknown name "user"/);
    assertRefused("experiment_id = '1'", /unknown name "experiment_id"/);
    assertRefused("datasets.profile = 'x'", /unknown name "profile"/);
    assertRefused("constructor.a = 'x'", /unknown name "constructor"/);
  });

  it('lists the known names sorted', () => {
    assert.throws(
      () => runs('nope = 1'),
      (error) =>
        error instanceof UserError &&
        (error.next ?? '').includes('artifact_uri, end_time, run_id, run_name, start_time'),
    );
  });

  it('knows what can be asked of experiments and of models', () => {
    assert.equal(parseFilter("name ILIKE 'a%' AND tags.x IS NULL AND creation_time > 5", 'experiments').length, 3);
    assert.equal(parseFilter("experiment_id IN ('1', '2')", 'experiments').length, 1);
    assertRefused('metrics.a > 1', /unknown name "metrics"/, 'experiments');
    assert.equal(parseFilter("name = 'a' AND tags.`x y` != 'z'", 'models').length, 2);
    assertRefused("`name` = 'a'", /unknown name "`name`"/, 'models');
    assert.equal(
      parseFilter("version_number > 1 AND version_number = '2' AND source_path LIKE 's3%'", 'versions').length,
      3,
    );
    assertRefused("version_number = 'x'", /number without quotes/, 'versions');
  });
});

describe('a filter beyond MLflow', () => {
  it('joins by OR, by NOT and by parentheses; AND binds more than OR', () => {
    assert.deepEqual(shapes("params.a = 'x' OR params.b = 'y' AND params.c = 'z'"), [
      ['OR', 'a = x', ['AND', 'b = y', 'c = z']],
    ]);
    assert.deepEqual(shapes("(params.a = 'x' or params.b = 'y') AND params.c = 'z'"), [
      ['AND', ['OR', 'a = x', 'b = y']],
      'c = z',
    ]);
    assert.deepEqual(shapes("NOT params.a = 'x' AND NOT(metrics.b > 1)"), [
      ['NOT', 'a = x'],
      ['NOT', ['AND', 'b > 1']],
    ]);
  });

  it('takes lists and IS NULL for every field, and numbers in params and tags', () => {
    assert.deepEqual(shapes("status NOT IN ('FAILED') AND end_time IS NULL AND params.lr <= 0.1 AND tags.n = 5"), [
      'status NOT IN FAILED',
      'end_time IS NULL',
      'lr <= 0.1',
      'n = 5',
    ]);
  });

  it('says what of it MLflow lacks, and nothing where it lacks nothing', () => {
    assert.equal(beyond("metrics.a > 1 AND params.b = 'x' OR tags.c = 'y'"), 'OR');
    assert.equal(beyond('(metrics.a > 1)'), '( )');
    assert.equal(beyond('NOT metrics.a > 1'), 'NOT');
    assert.equal(beyond("status IN ('FAILED')"), 'status IN');
    assert.equal(beyond('params.lr < 0.1'), 'params.lr <');
    assert.equal(beyond('metrics.a IS NULL'), 'metrics.a IS NULL');
    assert.equal(beyond('tags.a IS NULL', 'models'), 'tags.a IS NULL');
    assert.equal(beyond('tags.a IS NOT  NULL'), 'tags.a IS NOT NULL');
    for (const filter of ['', 'tags.a IS NULL', 'tags.a IS NOT NULL', "run_id IN ('a')", 'metrics.a > 1']) {
      assert.equal(beyond(filter), undefined, filter);
    }
  });
});

describe('a filter as MLflow’s parser has it', () => {
  it('takes ANDs for blanks, and finds a comparison without one by its sign', () => {
    const two = ['a > 1', 'b > 1'];
    for (const filter of [
      'metrics.a > 1 metrics.b > 1',
      'AND metrics.a > 1 AND AND metrics.b > 1 AND',
      'metrics.a>1AND',
    ]) {
      if (filter.endsWith('1AND')) assertRefused(filter, /unexpected "1"/);
      else assert.deepEqual(shapes(filter), two, filter);
    }
    assert.deepEqual(shapes('tags.a IS NULL tags.b IS NULL'), ['a IS NULL', 'b IS NULL']);
    assertRefused("params.a = 'x' tags.b IS NULL", /expected AND at character 16/);
    assert.deepEqual(shapes('AND'), []);
  });

  it('reads lists as Python does', () => {
    const list = (text: string) => runs(`run_id IN ${text}`)[0]?.value;
    assert.deepEqual(list(`('a', "b",)`), ['a', 'b']);
    assert.deepEqual(list(`(('a', 'b'))`), ['a', 'b']);
    assert.deepEqual(list(`(('a'), 'b' 'c')`), ['a', 'bc']);
    assert.deepEqual(list(String.raw`('it\'s', '\x41\u00e9\n', r'\n', '\q')`), ["it's", 'Aé\n', '\\n', '\\q']);
    for (const text of ['()', "(('a',), 'b')", '(1)', '(foo)', "('a' 'b', , 'c')", "('a', 1)"]) {
      assertRefused(`run_id IN ${text}`, /expected a list/);
    }
  });

  it('begins a key with a digit where that is no number, and has keywords of its own', () => {
    assert.deepEqual(shapes('metrics.1a > 1'), ['1a > 1']);
    for (const key of ['1', '12a', 'v1.0', '1e5', 'from', 'a.in', 'a-b', 'a$b', '']) {
      assert.throws(() => runs(`metrics.${key} > 1`), { kind: 'invalid' }, key);
    }
    assert.deepEqual(shapes("params.group = 'x' AND tags.'a b' = 'y' AND tags.order.by = 'z'"), [
      'group = x',
      'a b = y',
      'order.by = z',
    ]);
  });
});

describe('a refused filter', () => {
  it('has the place that a face underlines', () => {
    assert.equal(underlined("metrics.a > 'x'"), "'x'");
    assert.equal(underlined('status = "x" AND nothing = 1'), 'nothing');
    assert.equal(underlined("params.a ~ 'x'"), '~');
    assert.equal(underlined("params.a = 'never closed"), "'never closed");
    assert.equal(underlined('metrics.a > 1 AND 🚀'), '🚀');
    assert.equal(underlined("run_id IN ('a', 1)"), "('a', 1)");
    assert.equal(underlined('metrics.a >'), '');
    assert.deepEqual(refusal(() => parseFilter('metrics.a >', 'runs')).span, { start: 11, end: 11 });
    assert.deepEqual(refusal(() => parseOrderBy(['tags.a', 'nothing DESC'], 'runs')).span, { start: 0, end: 7 });
  });

  it('stays a sentence for hostile input', () => {
    for (const filter of [
      '('.repeat(10_000),
      'NOT '.repeat(10_000),
      `${'('.repeat(101)}metrics.a > 1${')'.repeat(101)}`,
      `run_id IN ${'('.repeat(5_000)}'a'${')'.repeat(5_000)}`,
      'metrics.a \0> 1',
      '\ud800',
      "'".repeat(9_999),
      '`'.repeat(9_999),
      `params.a = '${"\\'".repeat(5_000)}`.slice(0, 10_000) + '"',
      'x'.repeat(200_000),
    ]) {
      const { message } = refusal(() => parseFilter(filter, 'runs'));
      assert.ok(message.length < 200, message.slice(0, 300));
    }
  });

  it('a long filter is read whole', () => {
    const many = Array.from({ length: 3_000 }, (_, i) => `metrics.\`k ${i}\` >= ${i}.5`);
    assert.equal(parseFilter(many.join(' AND '), 'runs').length, 3_000);
  });

  it('keeps NUL and any other character inside quotes', () => {
    assert.equal(runs("tags.a = 'x\0y'")[0]?.value, 'x\0y');
    assert.equal(runs("tags.`🚀 \u202e` = '\ud83d'")[0]?.field.key, '🚀 \u202e');
  });
});
