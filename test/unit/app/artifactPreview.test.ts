import assert from 'node:assert/strict';
import { previewArtifact } from '../../../src/app/artifactPreview';

const root = { kind: 'run', runId: 'r' } as const;

describe('The preview of an artifact', () => {
  /** Of a file that holds this. */
  function preview(path: string, content: string | Uint8Array, limit = 1_000_000) {
    const all = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const read = ({ maxBytes }: { readonly maxBytes: number }) => {
      const bytes = all.slice(0, maxBytes);
      return Promise.resolve({ bytes, size: all.length, truncated: bytes.length < all.length });
    };
    return previewArtifact({ read }, { root, path }, limit);
  }

  it('is the head of a long text, with no half character, and says so', async () => {
    const shown = await preview('log.txt', 'é'.repeat(200_000));
    assert.deepEqual(shown, { kind: 'text', text: 'é'.repeat(131_072), size: 400_000, head: 262_144 });
    const odd = await preview('log.txt', `a${'é'.repeat(200_000)}`);
    assert.ok(odd.kind === 'text' && !odd.text.includes('\uFFFD'));
  });

  it('is an image whole, or nothing where it is larger than the cap', async () => {
    const bytes = Uint8Array.from([0x89, 0x50]);
    assert.deepEqual(await preview('a/b.PNG', bytes), { kind: 'image', type: 'image/png', bytes, size: 2 });
    assert.equal((await preview('b.png', bytes, 1)).kind, 'tooLarge');
  });

  it('is a table where JSON holds one, else its lines', async () => {
    const json = '{"columns":["a","b"],"data":[[1,"x"],[null,{"c":2}]]}';
    const shown = await preview('table.json', json);
    assert.ok(shown.kind === 'table');
    assert.deepEqual(shown.table.rows, [
      ['1', 'x'],
      ['', '{"c":2}'],
    ]);
    assert.deepEqual(await preview('x.json', '{"a":NaN}'), { kind: 'text', text: '{\n  "a": NaN\n}', size: 9 });
  });

  it('is what an MLmodel says, and the text of one that says nothing', async () => {
    assert.equal((await preview('model/MLmodel', 'flavors: {sklearn: {}}')).kind, 'model');
    assert.equal((await preview('MLmodel', 'nonsense')).kind, 'text');
  });

  it('does not show what is no text', async () => {
    assert.equal((await preview('model.pkl', Uint8Array.of(128, 4, 0, 149))).kind, 'binary');
  });
});
