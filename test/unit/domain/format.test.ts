import assert from 'node:assert/strict';
import {
  decimalsFor,
  exactNumber,
  formatBytes,
  formatDateTime,
  formatDelta,
  formatDuration,
  formatFixed,
  formatFixedDelta,
  formatNumber,
  formatPercent,
  formatTime,
} from '../../../src/domain/format';

describe('Numbers', () => {
  const cases: readonly (readonly [number | undefined, string])[] = [
    [0.99312345, '0.9931'],
    [0, '0'],
    [-0.0309, '−0.03090'],
    [12345, '12\u2009345'],
    [999999, '999\u2009999'],
    [1234567, '1.235e6'],
    [0.00001234, '1.234e−5'],
    [1234.5678, '1\u2009235'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [undefined, '–'],
  ];
  for (const [value, text] of cases) {
    it(`shows ${value} as ${text}`, () => {
      assert.equal(formatNumber(value), text);
    });
  }

  it('keeps every digit for tooltips and copying', () => {
    assert.equal(exactNumber(0.1 + 0.2), '0.30000000000000004');
  });

  it('gives deltas a sign and a percentage of the base', () => {
    assert.equal(formatDelta(0.0009), '+0.0009000');
    assert.equal(formatDelta(-0.031), '−0.03100');
    assert.equal(formatDelta(0), '±0');
    assert.equal(formatPercent(-0.031, 0.912), '3.4\u2009%');
    assert.equal(formatPercent(1, 0), '');
  });

  it('counts bytes as VS Code does', () => {
    assert.equal(formatBytes(512), '512 B');
    assert.equal(formatBytes(12_700), '12.4 KB');
    assert.equal(formatBytes(3 * 1024 * 1024), '3.0 MB');
  });
});

describe('Numbers of one row', () => {
  const words = (...values: number[]): string[] => values.map((value) => formatFixed(value, decimalsFor(values)));

  it('have as many decimals as their largest needs', () => {
    assert.deepEqual(words(0.9931, 0.094), ['0.9931', '0.0940']);
    assert.deepEqual(words(0.99931, 1), ['0.9993', '1.0000']);
    assert.deepEqual(words(3, 40), ['3', '40']);
    assert.deepEqual(words(1234.5, -0.5), ['1\u2009234.5', '\u22120.5']);
  });

  it('are written one by one where one needs an exponent, and leave NaN and infinity alone', () => {
    assert.deepEqual(words(0.5, 1e-7, 1e308), ['0.5000', '1e\u22127', '1e308']);
    assert.deepEqual(words(NaN, Infinity, 0.5), ['NaN', '∞', '0.5000']);
    assert.equal(decimalsFor([]), 0);
  });

  it('show a difference that is smaller than their decimals', () => {
    assert.equal(formatFixedDelta(0.0009, 4), '+0.0009');
    assert.equal(formatFixedDelta(-0.031, 4), '\u22120.0310');
    assert.equal(formatFixedDelta(0.00001, 4), '+1e\u22125');
    assert.equal(formatFixedDelta(0, 4), '±0');
  });
});

describe('Times', () => {
  const now = Date.UTC(2026, 10, 23, 12);

  it('are relative up to a day', () => {
    assert.equal(formatTime(now - 20_000, now), 'just now');
    assert.equal(formatTime(now - 12 * 60_000, now), '12 min ago');
    assert.equal(formatTime(now - 23 * 3_600_000, now), '23 h ago');
    assert.doesNotMatch(formatTime(now - 25 * 3_600_000, now), /ago/);
  });

  it('name the year only where it is another', () => {
    assert.doesNotMatch(formatTime(now - 40 * 86_400_000, now), /2026/);
    assert.match(formatTime(now - 400 * 86_400_000, now), /2025/);
  });

  it('survive what no calendar holds', () => {
    assert.equal(formatTime(9e15, now), '9000000000000000');
    assert.equal(formatDateTime(undefined), '–');
  });

  it('read durations as people say them', () => {
    const cases: readonly (readonly [number, string])[] = [
      [420, '420 ms'],
      [3_200, '3.2 s'],
      [59_990, '1 min 0 s'],
      [252_000, '4 min 12 s'],
      [3_840_000, '1 h 04 min'],
      [266_400_000, '3 d 2 h'],
      [-5, '–'],
    ];
    for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
  });
});
