import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
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
  readonly smoothed?: readonly number[];
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

interface Served {
  /** Its address for a page with this script. */
  open(entry: string, script: string): string;
  close(): Promise<void>;
}

/** Serves dist/ and pages under the panels' own policy. */
async function servePanels(): Promise<Served> {
  const scripts: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname.slice(1);
    const file = path.resolve('dist', name);
    if (['run', 'runs', 'compare', 'metrics', 'version'].includes(name)) {
      response.setHeader('Content-Type', 'text/html').end(htmlOf(name, scripts[Number(search.slice(1))] ?? ''));
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
    open: (entry, script) => `http://127.0.0.1:${port}/${entry}?${scripts.push(script) - 1}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function htmlOf(entry: string, script: string): string {
  const policy = [
    "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; font-src 'self'; img-src blob:",
    ...(entry === 'runs' ? ['worker-src blob:'] : []),
  ].join('; ');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>${entry}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="n">@font-face { font-family: codicon; src: url("codicon.ttf"); } body { margin: 0; }
:root { --vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace;
--vscode-charts-blue: #3794ff; --vscode-charts-orange: #d18616; --vscode-charts-green: #388a34; }</style></head>
<body><script nonce="n">${script}</script><rs-${entry}></rs-${entry}><script type="module" nonce="n" src="webview/${entry}.main.js"></script></body></html>`;
}

/** Opens a real bundle as a plain page whose host is faked; what the policy refused is collected in `violations`. */
async function openPanel(
  page: Page,
  served: Served,
  { entry, answers, lines = {}, state, size, silent = false }: FakeOptions,
): Promise<{ readonly page: Page; readonly violations: readonly string[] }> {
  // One that stands behind another is hardly drawn.
  await page.bringToFront();
  await page.setViewportSize(size ?? { width: 900, height: 800 });
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  const given = { answers: packNumbers(answers), lines: packNumbers(lines), state, silent, readyMessage };
  // Names that close a script are among what is tested.
  const script = `(${String(fakeHost)})(${JSON.stringify(given).replaceAll('<', '\\u003c')})`;
  await page.goto(served.open(entry, script));
  return { page, violations };
}

/** Runs in the page: stands in for VS Code and the host. `window.calls` keeps what was asked. */
function fakeHost(given: {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly lines: Readonly<
    Record<
      string,
      readonly { steps: number[]; values: unknown[]; times?: number[]; smoothed?: number[]; total?: number }[]
    >
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
    (given.lines[key] ?? []).map(({ steps, values, times, smoothed, total }) => ({
      steps: Float64Array.from(steps),
      timestamps: Float64Array.from(steps, (step, i) => 1_700_000_000_000 + (times?.[i] ?? step * 60_000)),
      values: Float64Array.from(values, (value) => numbers[String(value)] ?? Number(value)),
      ...(smoothed && { smoothed: Float64Array.from(smoothed) }),
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
  readonly context: BrowserContext;
  readonly served: Served;
  /** A new page takes longer than most tests: those of the test before are used again. */
  readonly pages: Page[];
  taken: number;
}

/** Of all files of tests, each of which is a bundle of its own: to start a browser takes longer still. */
const shared = globalThis as { ringsidePanels?: Opened | undefined };

/** A browser and the pages that it opens, for the tests of the suite that is being defined. */
export function usePanels(): (options: FakeOptions) => ReturnType<typeof openPanel> {
  let opened: Opened;
  before(async () => {
    opened = shared.ringsidePanels ??= {
      context: await (await launchBrowser()).newContext(),
      served: await servePanels(),
      pages: [],
      taken: 0,
    };
  });
  afterEach(async function () {
    // What a failed test still does on its pages is not to meet the next one.
    if (this.currentTest?.isFailed()) await Promise.all(opened.pages.splice(0).map((page) => page.close()));
    for (const page of opened.pages) page.removeAllListeners();
    opened.taken = 0;
  });
  return async (options) => {
    const page = (opened.pages[opened.taken++] ??= await opened.context.newPage());
    return openPanel(page, opened.served, options);
  };
}

// Outside of every suite, so once all have ended.
after(async () => {
  const opened = shared.ringsidePanels;
  shared.ringsidePanels = undefined;
  await opened?.context.browser()?.close();
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

/** The host answers what it was asked by a method while it was busy. */
export async function answerLate(page: Page, method: string, answer: object): Promise<void> {
  await page.evaluate(
    ([k, ok]) => {
      const self = globalThis as unknown as {
        calls: { k?: string; id?: number }[];
        postMessage(message: unknown, target: string): void;
      };
      for (const call of self.calls) if (call.k === k) self.postMessage({ re: call.id, ok }, '*');
    },
    [method, answer] as const,
  );
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
