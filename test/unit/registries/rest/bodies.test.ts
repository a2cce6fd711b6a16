import assert from 'node:assert/strict';
import path from 'node:path';
import { UserError } from '../../../../src/domain/errors';
import { type BodyReader, inlineBodies, workerBodies } from '../../../../src/registries/rest/bodyReader';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** More than is decoded in the calling thread. */
const points = Array.from({ length: 5000 }, (_, step) => ({ key: 'loss', value: 1 / (step + 1), timestamp: 7, step }));
const answer = JSON.stringify({
  metrics: [...points, { key: 'loss', value: 'NaN', step: -1 }],
  next_page_token: 'more',
});

describe('Big answers of a server', () => {
  const readers: readonly [string, () => BodyReader][] = [
    ['in the calling thread', () => inlineBodies],
    ['in a worker', () => workerBodies(path.resolve('dist/worker.js'), 'test')],
  ];
  for (const [where, make] of readers) {
    describe(where, () => {
      let reader: BodyReader;
      before(() => (reader = make()));
      after(() => reader.dispose());

      it('become columns, with the token of the next page', async () => {
        const { points: columns, token } = await reader.decode('points', encode(answer), 'here');
        assert.equal(token, 'more');
        assert.deepEqual([columns.steps.length, columns.steps[4999], columns.steps[5000]], [5001, 4999, -1]);
        assert.deepEqual([columns.values[1], columns.values[5000], columns.timestamps[0]], [0.5, NaN, 7]);
      });

      for (const [what, text, kind] of [
        ['cut', answer.slice(0, -10), 'unreachable'],
        [
          'not what MLflow sends',
          answer.replace('"step":3,', '"step":{},').replace('"step":3}', '"step":{}}'),
          'unsupported',
        ],
      ] as const) {
        it(`that are ${what} are refused in a sentence that names the server`, async () => {
          const refused = await reader
            .decode('points', encode(text), 'the server here')
            .catch((error: unknown) => error);
          assert.ok(refused instanceof UserError);
          assert.equal(refused.kind, kind);
          assert.match(refused.message, /the server here/);
        });
      }
    });
  }
});
