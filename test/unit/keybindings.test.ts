import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Element, EndpointElement } from '../../src/app/elements';
import { commands, contextKeys, views } from '../../src/ids';

interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly when: string;
  readonly args?: string;
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { keybindings: readonly Keybinding[] };
};

type Context = Readonly<Record<string, string | boolean>>;

/** What VS Code would run: of several whose `when` holds it takes the last, so there must be one. */
function pressed(key: string, context: Context): string | undefined {
  const held = contributes.keybindings.filter((each) => each.key === key && holds(each.when, context));
  assert.ok(held.length <= 1, `${key}: ${held.map(({ command }) => command).join(', ')}`);
  const [found] = held;
  // Commands that a key calls get no element: they look at the selection of the view that is named to them.
  if (found?.args !== undefined) assert.equal(found.args, context['focusedView']);
  return found?.command;
}

/** VS Code's `when`, as far as our keys use it: terms joined by &&. */
function holds(when: string, context: Context): boolean {
  return when.split(' && ').every((term) => {
    const [, key = '', operator, value = ''] = /^!?([\w.]+)(?: (==|=~) (\S+))?$/.exec(term) ?? assert.fail(term);
    if (operator === '==') return context[key] === value;
    if (operator === '=~') return new RegExp(value.replace(/^\/|\/$/g, '')).test(String(context[key] ?? ''));
    return Boolean(context[key]) !== term.startsWith('!');
  });
}

type Kind = Element['kind'] | EndpointElement['kind'];

const selectedKey: Readonly<Record<string, string>> = {
  [views.experiments]: contextKeys.experimentsSelected,
  [views.models]: contextKeys.modelsSelected,
};

function selecting(view: string, kind: Kind, more: Context = {}): Context {
  const key = selectedKey[view];
  return { focusedView: view, ...(key && { [key]: kind }), [contextKeys.canWrite]: true, ...more };
}

const keys = ['f5', 'ctrl+c', 'enter', 'f2', 'delete'];

const does = (context: Context): (string | undefined)[] => keys.map((key) => pressed(key, context));

describe('Keys of the side bar', () => {
  const { refresh, copyId, openRun, openVersion, rename, setAlias, stopEndpoint } = commands;
  const { deleteRun, deleteExperiment, deleteModel, deleteAlias, deleteTag } = commands;
  const none = undefined;
  const expected: readonly [string, Kind, ...(string | undefined)[]][] = [
    [views.models, 'model', refresh, copyId, none, rename, deleteModel],
    [views.models, 'version', refresh, copyId, openVersion, setAlias, deleteAlias],
    [views.models, 'tag', refresh, copyId, none, none, deleteTag],
    [views.models, 'sourceRun', refresh, copyId, none, none, none],
    [views.experiments, 'experiment', refresh, copyId, none, rename, deleteExperiment],
    [views.experiments, 'run', refresh, copyId, openRun, rename, deleteRun],
    [views.experiments, 'tag', refresh, copyId, none, none, deleteTag],
    [views.experiments, 'metric', refresh, copyId, none, none, none],
    [views.endpoints, 'endpoint', refresh, copyId, none, none, stopEndpoint],
  ];

  for (const [view, kind, ...wanted] of expected)
    it(`are those of a ${kind} in ${view}`, () => {
      assert.deepEqual(does(selecting(view, kind)), wanted);
    });

  it('write nothing to a store that can only be read', () => {
    const readOnly = { [contextKeys.canWrite]: false };
    for (const [view, kind] of expected.filter(([each]) => each !== views.endpoints))
      assert.deepEqual(does(selecting(view, kind, readOnly)).slice(3), [none, none]);
  });

  it('are left to what is typed in and to every other view', () => {
    for (const [view, kind] of expected) {
      assert.deepEqual(does(selecting(view, kind, { inputFocus: true })), [none, none, none, none, none]);
      const elsewhere = selecting(view, kind, { focusedView: 'workbench.explorer.fileView' });
      assert.deepEqual(does(elsewhere), [none, none, none, none, none]);
    }
  });
});
