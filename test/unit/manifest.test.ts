import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, contextKeys, panels, views } from '../../src/ids';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title?: string; readonly category?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly type?: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs?: readonly {
      readonly steps: readonly {
        readonly when?: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group: string;
}

interface Setting {
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const { contributes } = manifest;
const commandIds = Object.values<string>(commands);
const viewIds = Object.values<string>(views);

/** Keys of VS Code itself that our `when` clauses use. */
const vscodeKeys = [
  'view',
  'viewItem',
  'focusedView',
  'inputFocus',
  'isWorkspaceTrusted',
  'workspaceFolderCount',
  'isWeb',
  'activeWebviewPanelId',
];

describe('The manifest', () => {
  it('contributes exactly the commands of ids.ts, each with a title and a category', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
    for (const { command, title, category } of contributes.commands) assert.ok(title && category, command);
  });

  it('has each command registered exactly once', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('ids.ts'))
      .map((file) => readFileSync(path.join('src', file), 'utf8'))
      .join('\n');
    for (const key of Object.keys(commands)) {
      const times = [...sources.matchAll(new RegExp(`\\bcommand\\(\\s*commands\\.${key}\\b`, 'g'))].length;
      assert.equal(times, 1, `${key} is registered ${times} times`);
    }
  });

  it('contributes exactly the views of ids.ts', () => {
    const contributed = Object.values(contributes.views).flat();
    assert.deepEqual(contributed.map(({ id }) => id).sort(), [...viewIds].sort());
  });

  it('welcomes people in every tree view', () => {
    const trees = Object.values(contributes.views)
      .flat()
      .filter(({ type }) => type !== 'webview');
    for (const { id } of trees)
      assert.ok(
        contributes.viewsWelcome.some(({ view }) => view === id),
        id,
      );
  });

  it('uses no %key% that package.nls.json lacks, and keeps none that nothing uses', () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key));
    assert.deepEqual(
      [...used].filter((key) => !(key in nls)),
      [],
    );
    assert.deepEqual(
      Object.keys(nls).filter((key) => !used.has(key)),
      [],
    );
  });

  it('gives every setting a default, a description and a scope', () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      assert.notEqual(setting.default, undefined, `${name}: default`);
      assert.ok(setting.description ?? setting.markdownDescription, `${name}: description`);
      assert.ok(setting.scope, `${name}: scope`);
    }
  });

  it('restricts, before trust, every setting that names a server or a program', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].sort(), ['ringside.python', 'ringside.registries']);
  });

  it('uses only known context keys and views in every `when`', () => {
    const known = new Set<string>([...vscodeKeys, ...Object.values(contextKeys)]);
    for (const when of allWhens()) {
      const bare = when.replace(/\/(?:\\.|[^/])+\//g, '').replace(/(==|!=|=~)\s*[\w.;-]+/g, '');
      const keys = bare.match(/[A-Za-z][\w.]*/g) ?? [];
      assert.deepEqual(
        keys.filter((key) => !known.has(key)),
        [],
        when,
      );
      for (const [, view = ''] of when.matchAll(/\b(?:view|focusedView) == ([\w.]+)/g))
        assert.ok(viewIds.includes(view), when);
    }
  });

  it('names only existing commands in menus, keys, welcomes and walkthroughs', () => {
    const named = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ command }) => command),
      ...contributes.keybindings.map(({ command }) => command),
      ...[...JSON.stringify(nls).matchAll(/\(command:(ringside\.\w+)/g)].map(([, command = '']) => command),
    ];
    // VS Code itself makes a command of each view: ringside.experiments.focus.
    const known = [...commandIds, ...viewIds];
    assert.deepEqual(
      named.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('walks through five steps that end in the sample, each with its page and a known end', () => {
    const steps = (contributes.walkthroughs ?? []).flatMap((walkthrough) => walkthrough.steps);
    assert.equal(steps.length, 5);
    assert.deepEqual(steps.at(-1)?.completionEvents, [`onCommand:${commands.createSample}`]);
    for (const { media, completionEvents } of steps) {
      assert.ok(existsSync(media.markdown), media.markdown);
      for (const event of completionEvents) {
        const [kind, id = ''] = event.split(':');
        assert.ok((kind === 'onCommand' ? commandIds : viewIds).includes(id), event);
      }
    }
  });

  it('wakes up for the panels that a window restores', () => {
    // A page of an artifact keeps no state to be restored from.
    for (const panel of Object.values(panels).filter((each) => each !== panels.html))
      assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${panel}`), panel);
  });

  it('keeps what deletes in a group of its own, and what writes away from stores that can only be read', () => {
    const items = (contributes.menus['view/item/context'] ?? []) as readonly MenuItem[];
    const deletes = items.filter(({ command }) => /\.delete(Run|Experiment|Tag|Model|Version)$/.test(command));
    assert.equal(deletes.length, 5);
    for (const { command, group, when = '' } of deletes) {
      assert.match(group, /^9_delete@/, command);
      assert.match(when, /ringside\.canWrite/, command);
    }
    const writes = /\.(set|delete|rename|editDescription|log|end|restore|new|registerVersion)/;
    for (const { command, when = '' } of [...items, ...contributes.keybindings])
      if (writes.test(command)) assert.match(when, /ringside\.canWrite/, command);
  });

  it('has at most two inline icons for any one kind of item', () => {
    const kinds = [
      'experiment',
      'run;active',
      'version',
      'version;aliased',
      'model',
      'endpoint;serving',
      'endpoint;stopped',
      'error;unauthorized',
    ];
    for (const kind of kinds) {
      const inline = (contributes.menus['view/item/context'] ?? []).filter(
        ({ when = '', ...item }) => (item as { group?: string }).group?.startsWith('inline') && shows(when, kind),
      );
      assert.ok(inline.length <= 2, `${kind}: ${inline.map(({ command }) => command).join(', ')}`);
    }
  });
});

function allWhens(): string[] {
  const items = [
    ...contributes.viewsWelcome,
    ...Object.values(contributes.menus).flat(),
    ...contributes.keybindings,
    ...(contributes.walkthroughs ?? []).flatMap(({ steps }) => steps),
  ];
  return items.flatMap(({ when }) => (when === undefined || when === 'false' ? [] : [when]));
}

function shows(when: string, kind: string): boolean {
  const patterns = [...when.matchAll(/viewItem =~ \/((?:\\.|[^/])+)\//g)].map(([, source = '']) => new RegExp(source));
  const exact = [...when.matchAll(/viewItem == ([\w;]+)/g)].map(([, item]) => item);
  return patterns.some((pattern) => pattern.test(kind)) || exact.includes(kind);
}
