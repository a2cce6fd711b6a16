import assert from 'node:assert/strict';
import { noiseOf } from '../../../src/domain/noise';
import type { Repetitions } from '../../../src/domain/repetitions';
import { noiseMethod, noiseWord, repetitionWords } from '../../../src/webview/compare/noiseWords';

describe('Words about noise', () => {
  const side = (runs: number, seeds: readonly string[] = ['seed'], more = false): Repetitions => ({
    runs,
    seeds,
    guessed: true,
    more,
    metrics: [],
  });

  it('say within or beyond with method, interval and number of runs', () => {
    const within = noiseOf([0.9, 0.92, 0.91], [0.915, 0.9, 0.93]);
    assert.equal(noiseWord(within, 0.005), 'within noise');
    assert.match(noiseMethod(within), /^Welch's t interval of the means, 95 %: −0\.0\d+ to \+0\.0\d+; 3 and 3 runs$/);
    const beyond = noiseOf([1, 2, 3], [20]);
    assert.equal(noiseWord(beyond, 18), 'beyond noise');
    assert.match(noiseMethod(beyond), /^t prediction interval of a single result.*3 and 1 runs$/);
  });

  it('give no verdict below three runs', () => {
    const unknown = noiseOf([1, 2], [5]);
    assert.equal(noiseWord(unknown, 4), 'spread unknown');
    assert.equal(noiseMethod(unknown), '2 and 1 runs: a spread needs 3 on a side');
    assert.equal(
      repetitionWords([side(2), side(1)]),
      'Spread unknown: 2 and 1 runs that differ only in seed (guessed); it takes 3.',
    );
  });

  it('say which seeds, whether they are guessed, and that not all runs were looked at', () => {
    assert.equal(
      repetitionWords([side(3), side(4, ['seed'], true)]),
      'Spread over seed (guessed): 3 and 4 runs with the same params. Not all runs of the experiment were looked at.',
    );
    assert.match(repetitionWords([side(1, []), side(1, [])]), /^Spread unknown: no param of these runs is known/);
  });
});
