import assert from 'node:assert/strict';
import { packAttributes, packTexts, textOfRow, unpackTexts } from '../../../src/domain/runAttributes';
import { RunTableBuilder } from '../../../src/domain/runTable';

describe('Attributes of runs as a page is sent them', () => {
  it('keep every text as it was', () => {
    const texts = ['brisk', '', '日本 🦊', 'e\u0301\n', '\ud83e', '\udd8a', ''];
    const packed = packTexts(texts);
    assert.deepEqual(unpackTexts(packed), texts);
    assert.deepEqual(
      texts.map((_, row) => textOfRow(packed, row)),
      texts,
    );
    assert.equal(textOfRow(packed, texts.length), '');
    assert.deepEqual(unpackTexts(packTexts([])), []);
  });

  it('leave out what no page reads', () => {
    const table = new RunTableBuilder();
    const run = { runName: 'a', experimentId: '1', userId: 'ada', status: 'FAILED', lifecycleStage: 'active' } as const;
    table.addRun({ ...run, runId: 'id', artifactUri: '/where' });
    const packed = packAttributes(table.build());
    assert.equal(textOfRow(packed.userIds, 0), 'ada');
    assert.doesNotMatch(JSON.stringify(packed), /where/);
  });
});
