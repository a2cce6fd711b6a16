import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readyMessage } from '../../src/panels/webview.messages';
import { packNumbers } from '../../src/rpc/numbers';
import { launchBrowser } from '../harness/browser.mjs';

/** What a fake host answers, by method; a string is the sentence that it refuses with. */
export type FakeAnswers = Readonly<Record<string, unknown>>;

export interface FakeLine {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** ms after the first point; a minute per step where they are not given. */
  readonly times?: readonly number[];
  readonly total?: number;
}

/** The answer of a host that is busy with something else. */
export const noAnswer = { never: true };

interface FakeOptions {
  readonly entry: 'run' | 'runs' | 'compare' | 'metrics' | 'version';
  readonly answers: FakeAnswers;
  /** Per metric, one per item. */
  readonly lines?: Readonly<Record<string, readonly FakeLine[]>>;
  readonly state?: object;
  readonly size?: { readonly width: number; readonly height: number };
  /** Answers nothing. */
  readonly silent?: boolean;
}

/** Serves dist/ and a page under the panels' own policy. */
async function servePanels(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    const file = path.resolve('dist', name);
    if (['run', 'runs', 'compare', 'metrics', 'version'].includes(name)) {
      response.setHeader('Content-Type', 'text/html').end(page(name));
    } else if (existsSync(file)) {
      response.setHeader('Content-Type', file.endsWith('.js') ? 'text/javascript' : 'font/ttf');
      createReadStream(file).pipe(response);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function page(entry: string): string {
  const policy = [
    "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; font-src 'self'; img-src blob:",
    ...(entry === 'runs' ? ['worker-src blob:'] : []),
  ].join('; ');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>${entry}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="n">@font-face { font-family: codicon; src: url("codicon.ttf"); } body { margin: 0; }
:root { --vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace;
--vscode-charts-blue: #3794ff; --vscode-charts-orange: #d18616; --vscode-charts-green: #388a34; }</style></head>
<body><rs-${entry}></rs-${entry}><script type="module" nonce="n" src="webview/${entry}.main.js"></script></body></html>`;
}

/** Opens a real bundle as a plain page whose host is faked; what the policy refused is collected in `violations`. */
async function openPanel(
  browser: Browser,
  url: string,
  { entry, answers, lines = {}, state, size, silent = false }: FakeOptions,
): Promise<{ readonly page: Page; readonly violations: readonly string[] }> {
  const page = await browser.newPage({ viewport: size ?? { width: 900, height: 800 } });
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  const script = { answers: packNumbers(answers), lines: packNumbers(lines), state, silent, readyMessage };
  await page.addInitScript(fakeHost, script as never);
  await page.goto(`${url}/${entry}`);
  return { page, violations };
}

/** Runs in the page: stands in for VS Code and the host. `window.calls` keeps what was asked. */
function fakeHost(given: {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly lines: Readonly<
    Record<string, readonly { steps: number[]; values: unknown[]; times?: number[]; total?: number }[]>
  >;
  readonly state: unknown;
  readonly silent: boolean;
  readonly readyMessage: string;
}): void {
  const numbers: Readonly<Record<string, number>> = {
    '\u0000NaN': NaN,
    '\u0000+Infinity': Infinity,
    '\u0000-Infinity': -Infinity,
  };
  const calls: unknown[] = [];
  const self = globalThis as unknown as EventTarget & { postMessage(message: unknown, target: string): void };
  let kept = given.state;
  const linesOf = (key: string): unknown =>
    (given.lines[key] ?? []).map(({ steps, values, times, total }) => ({
      steps: Float64Array.from(steps),
      timestamps: Float64Array.from(steps, (step, i) => 1_700_000_000_000 + (times?.[i] ?? step * 60_000)),
      values: Float64Array.from(values, (value) => numbers[String(value)] ?? Number(value)),
      total: total ?? values.length,
    }));
  const answerOf = (method: string, args: { key?: string; path?: string }): { ok: unknown } | { error: unknown } => {
    if (method === 'preview') return previewOf(args.path ?? '');
    if (method === 'lines' || method === 'linesOf') return { ok: linesOf(args.key ?? '') };
    // A method may answer each key on its own.
    return replyOf(given.answers[`${method} ${args.key ?? ''}`] ?? given.answers[method]);
  };
  const replyOf = (answer: unknown): { ok: unknown } | { error: unknown } =>
    typeof answer === 'string'
      ? { error: { name: 'UserError', kind: 'unreachable', message: answer } }
      : { ok: answer };
  /** By path; an image's bytes come as numbers. */
  const previewOf = (path: string): { ok: unknown } | { error: unknown } => {
    const answer = (given.answers['preview'] as Record<string, { bytes?: number[] } | string>)[path];
    if (typeof answer !== 'object' || !answer.bytes) return replyOf(answer);
    return { ok: { ...answer, bytes: Uint8Array.from(answer.bytes) } };
  };
  Object.assign(self, {
    calls,
    acquireVsCodeApi: () => ({
      getState: () => kept,
      setState: (next: unknown) => (kept = next),
      postMessage: (message: string | { id?: number; k?: string; args?: object }) => {
        calls.push(message);
        if (typeof message === 'string' || message.id === undefined || message.k === undefined || given.silent) return;
        const reply = { re: message.id, ...answerOf(message.k, message.args ?? {}) };
        if ('ok' in reply && (reply.ok as { never?: true } | null)?.never) return;
        setTimeout(() => self.postMessage(reply, '*'));
      },
    }),
    // As VS Code finds it when the page goes.
    savedState: () => {
      self.dispatchEvent(new Event('pagehide'));
      return kept;
    },
    answers: given.answers,
  });
}

interface Opened {
  readonly browser: Browser;
  readonly served: Awaited<ReturnType<typeof servePanels>>;
}

/** Of all files of tests, each of which is a bundle of its own: to start a browser takes longer than most tests. */
const shared = globalThis as { ringsidePanels?: Opened | undefined };

/** A browser and the pages that it opens, for the tests of the suite that is being defined. */
export function usePanels(): (options: FakeOptions) => ReturnType<typeof openPanel> {
  let opened: Opened;
  before(async () => {
    opened = shared.ringsidePanels ??= { served: await servePanels(), browser: await launchBrowser() };
  });
  return (options) => openPanel(opened.browser, opened.served.url, options);
}

// Outside of every suite, so once all have ended.
after(async () => {
  const opened = shared.ringsidePanels;
  shared.ringsidePanels = undefined;
  await opened?.browser.close();
  await opened?.served.close();
});

/** The host answers differently from now on, and tells the page to ask again. */
export async function change(page: Page, answers: FakeAnswers): Promise<void> {
  await page.evaluate((next) => {
    Object.assign(Reflect.get(globalThis, 'answers') as object, next);
    (globalThis as unknown as { postMessage(message: unknown, target: string): void }).postMessage(
      { event: 'changed', data: {} },
      '*',
    );
  }, answers as never);
}

/** Shows or hides the chart of a metric's tile. */
export function flipChart(page: Page, key: string): Promise<void> {
  return page.locator('rs-metric-tile', { hasText: key }).getByRole('button').click();
}

/** What the page asked its host by one method so far. */
export function callsOf(page: Page, method: string): Promise<unknown[]> {
  return page.evaluate((k) => {
    // What a page saves at rest is told when it goes.
    (globalThis as unknown as EventTarget).dispatchEvent(new Event('pagehide'));
    const { calls } = globalThis as unknown as { calls: { k?: string; args?: unknown }[] };
    return calls.filter((call) => call.k === k).map(({ args }) => args);
  }, method);
}
