import assert from 'node:assert/strict';
import fc from 'fast-check';
import { artifactUriPath, parseArtifactUriPath } from '../../../src/app/artifactAddress';
import type { ArtifactRoot } from '../../../src/domain/artifact';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.isWellFormed());
const root: fc.Arbitrary<ArtifactRoot> = fc.oneof(
  name.map((runId) => ({ kind: 'run' as const, runId })),
  name.map((modelId) => ({ kind: 'loggedModel' as const, modelId })),
  fc
    .tuple(name, fc.nat())
    .map(([model, version]) => ({ kind: 'version' as const, name: model, version: `${version}` })),
);
const path = fc.constantFrom('', 'MLmodel', 'plots/confusion matrix.png', 'a%2Fb/ü.txt', 'a/b/c.json');

describe('artifact addresses', () => {
  it('come back from their URI as they went in, slashes and percents in names too', () => {
    fc.assert(
      fc.property(name, root, path, (registry, at, file) => {
        const address = { registry, root: at, path: file };
        assert.deepEqual(parseArtifactUriPath(artifactUriPath(address)), address);
      }),
    );
  });

  it('refuses what leaves its root or names none', () => {
    for (const bad of [
      '/run/r/id/../x',
      '/run/r/id/a//b',
      '/run/r',
      '/other/r/id/a',
      '/version/r/name',
      '/run//id/a',
    ]) {
      assert.throws(() => parseArtifactUriPath(bad), { name: 'UserError', kind: 'invalid' }, bad);
    }
  });
});
