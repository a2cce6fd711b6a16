import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rowOf, type RunRow } from '../../../src/app/runRow';
import { arrangeRuns, missingParents } from '../../../src/app/runTree';
import { aRun } from './fakeStore';

function row(runId: string, parent?: string): RunRow {
  return rowOf(aRun(runId, parent === undefined ? {} : { parent }));
}

const ids = (rows: readonly RunRow[]): string[] => rows.map(({ runId }) => runId);

describe('Arranging runs below their parents', () => {
  it('leaves out what is nested under a run of the list, however deep', () => {
    const rows = [row('c', 'b'), row('b', 'a'), row('x'), row('a')];
    assert.deepEqual(ids(arrangeRuns(rows, [])), ['x', 'a']);
  });

  it('puts a parent that was fetched where its first child stands', () => {
    const rows = [row('x'), row('c1', 'p'), row('y'), row('c2', 'p')];
    assert.deepEqual(ids(arrangeRuns(rows, [row('p')])), ['x', 'p', 'y']);
  });

  it('puts a grandparent where the first of its own stands, with the parent below it', () => {
    const rows = [row('x'), row('c', 'p')];
    assert.deepEqual(ids(arrangeRuns(rows, [row('p', 'g'), row('g')])), ['x', 'g']);
  });

  it('shows a run whose parent is not to be had at the top', () => {
    assert.deepEqual(ids(arrangeRuns([row('c', 'gone'), row('x')], [])), ['c', 'x']);
  });

  it('puts a parent without a value for the order where its best child stands', () => {
    const rows = [row('x'), row('c', 'p'), row('y'), row('p')];
    const isRanked = ({ runId }: RunRow): boolean => runId !== 'p';
    assert.deepEqual(ids(arrangeRuns(rows, [], isRanked)), ['x', 'p', 'y']);
  });

  it('shows runs that are their own parents, and one of those that are each other’s', () => {
    assert.deepEqual(ids(arrangeRuns([row('s', 's')], [])), ['s']);
    assert.deepEqual(ids(arrangeRuns([row('c', 'b'), row('a', 'b'), row('b', 'a')], [])), ['a']);
  });

  it('names each missing parent once, and none that was asked for already', () => {
    const rows = [row('a', 'p'), row('b', 'p'), row('c', 'a'), row('d', 'q'), row('e')];
    assert.deepEqual(missingParents(rows, new Set(['q'])), ['p']);
  });

  it('loses no run and shows none twice, whatever names what as parent', () => {
    const anyForest = fc
      .uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1 })
      .chain((runs) => fc.tuple(fc.constant(runs), fc.array(fc.option(fc.nat(12)), { minLength: 13, maxLength: 13 })));
    fc.assert(
      fc.property(anyForest, ([runs, parents]) => {
        const rows = runs.map((run) => row(String(run), parents[run] == null ? undefined : String(parents[run])));
        const top = ids(arrangeRuns(rows, []));
        const reached = new Set<string>();
        const walk = (id: string): void => {
          if (reached.has(id)) return;
          reached.add(id);
          for (const child of rows) if (child.parentId === id) walk(child.runId);
        };
        top.forEach(walk);
        assert.equal(new Set(top).size, top.length);
        assert.equal(reached.size, rows.length);
      }),
    );
  });
});
