import assert from 'node:assert/strict';
import { KeptOrders, placeOf, tokenOf } from '../../../../src/registries/sqlite/keptOrders';
import type { RunOrder } from '../../../../src/registries/sqlite/runOrder';

const orderOf = (runs: number): RunOrder => ({ rowids: new Float64Array(runs), keys: [] });

describe('kept orders of runs', () => {
  it('hold as long as the data', () => {
    const orders = new KeptOrders();
    const order = orderOf(3);
    orders.keep('newest', orders.stamp('1'), order);
    assert.equal(orders.of('newest', orders.stamp('1')), order);
    assert.equal(orders.of('other', orders.stamp('1')), undefined);
    assert.equal(orders.of('newest', orders.stamp('2')), undefined);
    assert.equal(orders.of('newest', orders.stamp('1')), undefined, 'what is not good any more is dropped');
  });

  it('are bounded: the one that was not used for longest goes first, the newest stays however large', () => {
    const orders = new KeptOrders();
    const stamp = orders.stamp('1');
    for (const search of ['a', 'b', 'c']) orders.keep(search, stamp, orderOf(100_000));
    orders.of('a', stamp);
    orders.keep('d', stamp, orderOf(150_000));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].filter((search) => orders.of(search, stamp) !== undefined),
      ['a', 'c', 'd'],
    );
    orders.keep('e', stamp, orderOf(5_000_000));
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e'].filter((search) => orders.of(search, stamp) !== undefined),
      ['e'],
    );
  });

  it('are not found by a place in another process’s order of the same data', () => {
    assert.notEqual(new KeptOrders().stamp('1'), new KeptOrders().stamp('1'));
  });

  it('give tokens that tell the place again, and refuse those of another order', () => {
    const place = { stamp: 's', at: 50, last: { id: 'r', keys: [0, -1.5e308, null, 'ä'] } };
    assert.deepEqual(placeOf(tokenOf(place), 4), place);
    for (const token of [tokenOf(place).slice(3), '', 'bm9uc2Vuc2U']) {
      assert.throws(() => placeOf(token, 4), /belongs to another search/);
    }
    assert.throws(() => placeOf(tokenOf(place), 3), /belongs to another search/);
  });
});
