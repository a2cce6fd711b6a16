import assert from 'node:assert/strict';
import { htmlDocument } from '../../../src/panels/html/htmlDocument';

describe('An HTML artifact as a page', () => {
  const page = '<!doctype html><html><head><title>x</title><script>go()</script></head><body>Hi</body></html>';

  it('stands behind a policy that allows no script and no request, and says that its scripts are off', () => {
    const html = htmlDocument(page, { scripts: false });
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    assert.ok(html.indexOf(policy) < html.indexOf('<title>'));
    assert.equal(
      policy,
      "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; media-src data:; form-action 'none'; base-uri 'none'",
    );
    assert.match(html, /The scripts of this page are off/);
    assert.doesNotMatch(htmlDocument('<p>Hi</p>', { scripts: false }), /scripts of this page/);
  });

  it('may run its own scripts where somebody asked, and still load nothing', () => {
    const html = htmlDocument(page, { scripts: true });
    assert.match(html, /script-src 'unsafe-inline' 'unsafe-eval' blob:/);
    assert.doesNotMatch(html, /https?:|connect-src|The scripts of this page/);
  });
});
