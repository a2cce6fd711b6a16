import assert from 'node:assert/strict';
import { commitUrl } from '../../../src/domain/sourceLink';

describe('The page of a commit', () => {
  const commit = '35e1a1ff00112233445566778899aabbccddeeff';

  it('is found from each way to write a repository, without its credentials', () => {
    for (const repository of [
      'git@github.com:ada/tumour.git',
      'https://github.com/ada/tumour',
      'https://ada:secret@github.com/ada/tumour.git/',
      'ssh://git@github.com/ada/tumour.git',
    ]) {
      assert.equal(commitUrl(repository, commit), `https://github.com/ada/tumour/commit/${commit}`, repository);
    }
  });

  it('is where its host keeps it', () => {
    assert.equal(commitUrl('git@gitlab.com:a/b/c.git', commit), `https://gitlab.com/a/b/c/-/commit/${commit}`);
    assert.equal(commitUrl('https://bitbucket.org/a/b', commit), `https://bitbucket.org/a/b/commits/${commit}`);
    assert.equal(
      commitUrl('https://git.example.org:8443/a/b', commit),
      `https://git.example.org:8443/a/b/commit/${commit}`,
    );
  });

  it('is nothing where the tags name no server or no commit', () => {
    for (const repository of [undefined, '', '/home/ada/tumour', 'file:///home/ada', 'javascript:alert(1)', 'a b'])
      assert.equal(commitUrl(repository, commit), undefined, repository);
    assert.equal(commitUrl('https://github.com/a/b', '"><script>'), undefined);
    assert.equal(commitUrl('https://github.com/a/b"onclick="x', commit), undefined);
  });
});
