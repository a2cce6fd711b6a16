import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { htmlDocument } from '../../src/panels/html/htmlDocument';
import { launchBrowser } from '../harness/browser.mjs';

/** Under the policy that a panel gives them, in a real browser. */
describe('Pages of HTML artifacts (ui)', function () {
  this.timeout(30_000);
  let browser: Browser;
  let server: Server;
  let url: string;
  let asked: string[] = [];
  let scripts = false;
  const page = (): string => `<style>h1 { color: rgb(1, 2, 3); }</style><h1>Report</h1>
<img src="${url}/pixel.png"><img id="own" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">
<link rel="stylesheet" href="${url}/style.css"><iframe src="${url}/frame"></iframe>
<script src="${url}/far.js"></script>
<script>window.ran = 1; fetch("${url}/data").catch(() => (window.refused = 1));</script>`;

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('Content-Type', 'text/html');
      response.end(request.url === '/' ? htmlDocument(page(), { scripts }) : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function open(withScripts: boolean) {
    asked = [];
    scripts = withScripts;
    const opened = await browser.newPage();
    await opened.goto(url, { waitUntil: 'load' });
    return opened;
  }

  it('have their own styles and images, run no script and ask nobody for anything', async () => {
    const opened = await open(false);
    assert.equal(await opened.evaluate('getComputedStyle(document.querySelector("h1")).color'), 'rgb(1, 2, 3)');
    assert.equal(await opened.evaluate('document.querySelector("#own").naturalWidth'), 1);
    assert.equal(await opened.evaluate('window.ran'), undefined);
    await opened.getByText('The scripts of this page are off.').waitFor();
    assert.deepEqual(asked, ['/']);
    await opened.close();
  });

  it('run their own scripts where somebody asked for it, and still reach nobody', async () => {
    const opened = await open(true);
    await opened.waitForFunction('window.ran === 1 && window.refused === 1');
    assert.equal(await opened.getByText('The scripts of this page are off.').count(), 0);
    assert.deepEqual(asked, ['/']);
    await opened.close();
  });
});
