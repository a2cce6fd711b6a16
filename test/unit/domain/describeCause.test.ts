import assert from 'node:assert/strict';
import { describeCause } from '../../../src/domain/describeCause';

describe('What the log says of a cause', () => {
  it('names the causes below it, also where they go in a circle', () => {
    const inner = new Error('inner');
    assert.match(describeCause(new Error('outer', { cause: inner })), /outer[^]*caused by Error: inner/);
    inner.cause = inner;
    assert.match(describeCause(inner), /caused by Error: inner/);
  });

  it('is there for anything that is thrown', () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    for (const thrown of [circle, 1n, undefined, () => 0, Symbol('s')])
      assert.equal(typeof describeCause(thrown), 'string');
    assert.equal(describeCause({ status: 500 }), '{"status":500}');
  });
});
