import assert from 'node:assert/strict';
import { UserError } from '../../../src/domain/errors';
import { parseFilter, parseOrderBy } from '../../../src/domain/search';
import type { SearchScope } from '../../../src/domain/searchFields';

const runs = (filter: string) => parseFilter(filter, 'runs');

function assertRefused(filter: string, sentence: RegExp, scope: SearchScope = 'runs'): void {
  assert.throws(
    () => parseFilter(filter, scope),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.kind, 'invalid');
      assert.match(error.message, sentence);
      return true;
    },
  );
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
        assert.deepEqual(runs(`${prefix}.key = ${kind === 'metric' ? '1' : "'x'"}`), [
          { field: { kind, key: 'key' }, comparator: '=', value },
        ]);
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
    assertRefused('metrics.a > 1 OR metrics.b > 1', /expected AND at character 15, found "OR"/);
    assertRefused("metrics.a > 'x'", /number without quotes at character 13/);
    assertRefused('metrics.a > nan', /number without quotes at character 13, found "nan"/);
    assertRefused('params.a = x', /single or double quotes at character 12, found "x"/);
    assertRefused('params.a = `x`', /single or double quotes at character 12/);
    assertRefused('params.a =', /ends at character 11/);
    assertRefused("params.a = 'x", /quote at character 12 is never closed/);
    assertRefused("(params.a = 'x')", /expected a name .* at character 1, found "\("/);
    assertRefused('metrics.val/acc > 1', /unexpected "\/" at character 12/);
    assertRefused('run_id IN ()', /quotes at character 12, found "\)"/);
    assertRefused("params.a = 'x' AND", /ends at character 19/);
  });

  it('refuses comparators and names that MLflow refuses', () => {
    assertRefused("metrics.a LIKE 'x'", /expected one of =, !=, >, >=, <, <= at character 11, found "LIKE"/);
    assertRefused("status IN ('FAILED')", /found "IN"/);
    assertRefused("params.a > 'x'", /found ">"/);
    assertRefused("params.a == 'x'", /found "=="/);
    assertRefused('user IS NULL', /character 1: unknown name "user"/);
    assertRefused('user_id IS NULL', /found "IS"/);
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
    assertRefused('creation_time > 1.5', /whole number for creation_time/, 'experiments');
    assertRefused("experiment_id LIKE '1'", /found "LIKE"/, 'experiments');
    assertRefused('metrics.a > 1', /unknown name "metrics"/, 'experiments');
    assert.equal(parseFilter("name = 'a' AND tags.`x y` != 'z'", 'models').length, 2);
    assertRefused('tags.a IS NULL', /found "IS"/, 'models');
  });
});

describe('search order', () => {
  it('is ascending unless it says DESC', () => {
    const orders = parseOrderBy(['metrics.`val/a b` desc', 'created', 'tags."x y" ASC', 'params.asc'], 'runs');
    assert.deepEqual(
      orders.map(({ field, ascending }) => [field.kind, field.key, ascending]),
      [
        ['metric', 'val/a b', false],
        ['attribute', 'start_time', true],
        ['tag', 'x y', true],
        ['param', 'asc', true],
      ],
    );
  });

  it('refuses what MLflow cannot sort by', () => {
    for (const clause of [
      'datasets.name',
      'metrics.a DESC NULLS LAST',
      'metrics.a/b',
      '',
      'metrics.a, metrics.b',
      '1',
    ]) {
      assert.throws(() => parseOrderBy([clause], 'runs'), { name: 'UserError', kind: 'invalid' }, clause);
    }
    assert.throws(() => parseOrderBy(['metrics.a', 'metric.a DESC'], 'runs'), /twice/);
    assert.throws(() => parseOrderBy(['tags.a'], 'models'), { kind: 'invalid' });
  });

  it('sorts models by the last change under both of its names', () => {
    const keys = ['timestamp', 'last_updated_timestamp DESC'].map(
      (clause) => parseOrderBy([clause], 'models')[0]?.field.key,
    );
    assert.deepEqual(keys, ['last_updated_timestamp', 'last_updated_timestamp']);
  });
});
