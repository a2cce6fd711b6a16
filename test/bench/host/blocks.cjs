// @ts-check
'use strict';
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const vscode = require('vscode');
const { profiled } = require('./profiled.cjs');
const { pause, report, until } = require('./report.cjs');

const readyAt = performance.now();
const rounds = 5;
const experiment = '1';

/** Pages two stores of many runs to the end, five times, each beside a control in which nothing is asked of Ringside. */
exports.run = async () => {
  const stores = JSON.parse(process.env['RINGSIDE_BENCH_STORES'] ?? '{}');
  const extension = vscode.extensions.getExtension('ringside.ringside');
  if (!extension) throw new Error('Ringside is missing.');
  const { trees } = await extension.activate();
  const seen = watchLists(trees.providers.experiments);
  await vscode.commands.executeCommand('ringside.experiments.focus');
  await pause(Math.max(0, 10_000 - (performance.now() - readyAt)));
  for (let round = 1; round <= rounds; round += 1) {
    let longest = 3000;
    for (const [kind, uri] of Object.entries(stores)) {
      const work = await profiled(`${kind}-${round}`, () =>
        measure(() => pageToEnd(`${kind} ${round}`, uri, trees, seen)),
      );
      longest = Math.max(longest, work.ms);
      report('block', { what: kind, round, ...work });
    }
    report('block', { what: 'control', round, ...(await measure(() => pause(Math.min(longest, 6000)).then(() => 0))) });
  }
  report('blocks', {});
};

/**
 * @param {() => Promise<number>} work
 * @returns {Promise<{ms: number, max: number, runs: number}>}
 */
async function measure(work) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const start = performance.now();
  const runs = await work();
  const ms = performance.now() - start;
  delays.disable();
  return { ms, max: delays.max / 1e6, runs };
}

/**
 * What VS Code is given for the view, seen on its way: asking for it once more would double the work.
 * @param {any} provider
 */
function watchLists(provider) {
  const seen = { registry: '', runs: 0, more: false };
  const getChildren = provider.getChildren.bind(provider);
  provider.getChildren = async (/** @type {any} */ element) => {
    const children = await getChildren(element);
    if (element === undefined)
      seen.registry = children.find((/** @type {any} */ each) => each.kind === 'experiment')?.ref.registry ?? '';
    if (element?.kind === 'experiment' && element.ref.id === experiment) {
      seen.runs = children.filter((/** @type {any} */ each) => each.kind === 'run').length;
      seen.more = children.at(-1)?.kind === 'more';
    }
    return children;
  };
  return seen;
}

/**
 * @param {string} registry
 * @param {unknown} uri
 * @param {any} trees
 * @param {{registry: string, runs: number, more: boolean}} seen
 * @returns {Promise<number>} runs in the view at the end
 */
async function pageToEnd(registry, uri, trees, seen) {
  seen.runs = 0;
  await vscode.workspace.getConfiguration('ringside').update('registries', [{ name: registry, uri }], false);
  await until(() => seen.registry === registry);
  await trees.reveal({ kind: 'experiment', registry, id: experiment });
  await until(() => seen.runs > 0);
  while (seen.more) {
    const before = seen.runs;
    const list = { kind: 'runs', registry, experimentId: experiment };
    await vscode.commands.executeCommand('ringside.loadMore', { kind: 'more', list });
    await until(() => seen.runs > before);
  }
  return seen.runs;
}
