import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * Who may import whom. A folder may always import itself; `messages` are the `*.messages.ts` files of panels; `node` is
 * any of Node's own modules; the rest are packages.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ids: [],
  // The half of the composition root that shows nothing.
  core: ['app', 'domain', 'platform', 'registries', 'serving', 'node', 'vscode'],
  domain: [],
  rpc: ['domain'],
  config: ['domain', 'yaml'],
  registries: ['domain', 'rpc', 'node', 'axios', 'yaml'],
  serving: ['domain', 'rpc', 'node', 'axios', 'yaml'],
  app: ['domain', 'config'],
  cli: ['app', 'registries', 'serving', 'config', 'domain', 'node', 'package.json'],
  webview: ['rpc', 'domain', 'messages', 'lit', 'marked', '@vscode-elements/elements', '@vscode/codicons'],
  messages: ['domain'],
  platform: ['domain', 'config', 'vscode', 'ids'],
  views: ['app', 'domain', 'config', 'platform', 'rpc', 'ids', 'vscode'],
  panels: ['app', 'domain', 'config', 'platform', 'rpc', 'ids', 'vscode', 'messages'],
  editor: ['app', 'domain', 'config', 'platform', 'rpc', 'ids', 'vscode'],
  commands: ['app', 'domain', 'config', 'platform', 'rpc', 'ids', 'vscode', 'panels', 'messages'],
};

/** The one package that every folder may import: sentences are built where they arise. */
const everywhere = '@vscode/l10n';

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const root = path.resolve('src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(path.sep).join('/'));
const imports = sources.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g)]
    .concat([...text.matchAll(/(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g)])
    .concat([...text.matchAll(/\b(?:import|require|getBuiltinModule)\??\.?\(\s*['"]([^'"]+)['"]/g)]);
  return specifiers.map(([, specifier = '']) => ({ file, from: roomOf(file), to: targetOf(file, specifier) }));
}

function roomOf(file: string): string {
  if (file.endsWith('.messages.ts')) return 'messages';
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, '');
}

function targetOf(file: string, specifier: string): string {
  if (specifier.endsWith('/package.json')) return 'package.json';
  if (specifier.startsWith('.')) {
    const resolved = path.posix.join(path.posix.dirname(file), specifier);
    return roomOf(`${resolved}.ts`);
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

describe('The house', () => {
  it('has no import that the table of architecture.md does not allow', () => {
    const broken = imports
      .filter(
        ({ from, to }) => from !== 'extension' && to !== from && to !== everywhere && !allowed[from]?.includes(to),
      )
      .map(({ file, to }) => `${file} → ${to}`);
    assert.deepEqual(broken, []);
  });

  it('has no room that the table does not name', () => {
    const rooms = new Set(sources.map(roomOf));
    rooms.delete('extension');
    assert.deepEqual(
      [...rooms].filter((room) => !(room in allowed)),
      [],
    );
  });

  it('has no cycle between folders', () => {
    const arrows = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      if (from !== to && to in allowed) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
    const cycles = [...arrows.keys()].filter((start) => reaches(arrows, start, start));
    assert.deepEqual(cycles, []);
  });

  it('has no barrel: a file whose only work is to re-export', () => {
    const barrels = sources.filter((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
      const code = lines.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line));
      return code.length > 0 && code.every((line) => /^export\s+(\*|\{[^}]*\})\s+from\b/.test(line));
    });
    assert.deepEqual(barrels, []);
  });

  it('keeps extension.ts a table of contents of at most 60 lines', () => {
    const lines = readFileSync(path.join(root, 'extension.ts'), 'utf8').trimEnd().split('\n').length;
    assert.ok(lines <= 60, `${lines} lines`);
  });
});

function reaches(
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  goal: string,
  seen = new Set<string>(),
): boolean {
  for (const next of arrows.get(from) ?? []) {
    if (next === goal) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (reaches(arrows, next, goal, seen)) return true;
  }
  return false;
}
