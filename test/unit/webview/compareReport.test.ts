import assert from 'node:assert/strict';
import { compareItems } from '../../../src/domain/compare';
import { noContract } from '../../../src/domain/contract';
import { segmentFamilies } from '../../../src/domain/segments';
import { compareReport } from '../../../src/webview/compare/compareReport';

function item(metrics: Record<string, number>, params: Record<string, string> = {}) {
  return {
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, timestamp: 0 })),
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    tags: [],
  };
}

function reportOf(...items: ReturnType<typeof item>[]): string {
  const rows = compareItems(items);
  const heads = items.map(
    (_, series) => ({ ref: { kind: 'run', registry: 'local', id: `r${series}` }, series }) as const,
  );
  const content = { heads, rows, contract: noContract, charted: [], bundle: {} };
  const families = segmentFamilies(rows, noContract);
  return compareReport({ content, rows, verdict: [{ text: 'r1 is better.' }], notes: [], noise: [], families });
}

describe('The report of a comparison', () => {
  const report = reportOf(
    item({ auc: 0.9, 'recall/young': 0.5, 'recall/old': 0.6 }, { lr: '0.1', same: 'x' }),
    item({ auc: 0.9125, 'recall/young': 0.4, 'recall/old': 0.7 }, { lr: '0.2', same: 'x' }),
  );

  it('holds the sentence, what differs with every digit, and the segments', () => {
    assert.match(report, /^# r1 against r0\n\nr1 is better\.\n/);
    assert.match(report, /\| auc ↑ \(guessed\) \| 0\.9 \| 0\.9125 \| ▲ \+0\.01250 \(1\.4.%\) \|/);
    assert.match(report, /### recall by segment\n\n\| Segment \| r0 \| r1 \|\n.*\n\| young \| 0\.5 \| 0\.4 ▼ \|/);
    assert.match(report, /\| lr \| 0\.1 \| 0\.2 \|/);
    assert.doesNotMatch(report, /same/);
  });

  it('lets no name become markup or break a table', () => {
    const hostile = reportOf(item({}, { '<script>|a\nb': '1' }), item({}, { '<script>|a\nb': '[x](y)' }));
    assert.match(hostile, /\| \\<script\\>\\\|a b \| 1 \| \\\[x\\\]\(y\) \|/);
  });

  it('is there for items with nothing in common, NaN, infinity and 1e308', () => {
    const odd = reportOf(item({ a: NaN, b: -1e308 }), item({ a: Infinity, b: 1e308, c: 1 }));
    assert.match(odd, /\| a \| NaN \| ∞ \| – \|/);
    assert.match(odd, /\| b \| -1e\+308 \| 1e\+308 \|/);
    assert.match(reportOf(item({}), item({})), /^# r1 against r0/);
  });
});
