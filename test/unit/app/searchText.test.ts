import assert from 'node:assert/strict';
import fc from 'fast-check';
import { and, contains, field, holds, quoted } from '../../../src/app/searchText';
import { parseFilter } from '../../../src/domain/search';
import { matches } from '../../../src/domain/searchEvaluate';

describe('Filters made of what a person typed', () => {
  it('find at least every name that holds the part', () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\n\r]/.test(text));
    fc.assert(
      fc.property(line, line, line, (before, part, after) => {
        const name = before + part + after;
        fc.pre(holds(name, part));
        assert.ok(
          matches(parseFilter(contains('name', part), 'models'), () => [name]),
          contains('name', part),
        );
      }),
    );
  });

  it('quote with the quotes that the text does not hold', () => {
    assert.equal(quoted('a'), "'a'");
    assert.equal(quoted("it's"), `"it's"`);
    assert.equal(quoted(`it's "so"`), undefined);
  });

  it('name fields that hold slashes and blanks', () => {
    assert.equal(field('metrics', 'val/auc 2'), 'metrics.`val/auc 2`');
  });

  it('are joined by AND, empty ones left out', () => {
    assert.equal(and(' a = 1 ', undefined, 'b = 2'), 'a = 1 AND b = 2');
    assert.equal(and('', undefined), undefined);
    const either = "tags.a = 'x' OR tags.b = 'y'";
    assert.equal(and(either, "tags.c = 'z'"), `(${either}) AND tags.c = 'z'`);
    assert.equal(and(either), either);
    assert.equal(and(`NOT (${either})`, "tags.c = 'z'"), `NOT (${either}) AND tags.c = 'z'`);
    assert.equal(and('what a server OR we know', "tags.c = 'z'"), "what a server OR we know AND tags.c = 'z'");
  });
});
