// @ts-check
'use strict';
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: !production,
  minify: production,
  logLevel: 'warning',
  logOverride: { 'empty-import-meta': 'silent' },
  // axios would bring form-data (160 KB) for multipart bodies that MLflow never takes.
  alias: { 'form-data': path.resolve('src/registries/rest/noFormData.ts') },
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  // A file apart is loaded by require: Node's own import would give its exports another shape.
  supported: { 'dynamic-import': false },
  // axios looks whether it runs in a browser; VS Code's host writes an error to its log for each look.
  define: { navigator: 'undefined' },
};

/**
 * What most windows never need, 100 KB each, is a file of its own that is loaded when it is imported: axios with the
 * first request to a server, `yaml` with the first ringside.yaml or MLmodel that is read, in a worker what it reads
 * with.
 */
const filesApart = {
  axios: 'node_modules/axios/index.js',
  yaml: 'node_modules/yaml/dist/index.js',
  restRegistry: 'src/registries/rest/restRegistry.ts',
  contractFile: 'src/config/contractFile.ts',
  contractEdit: 'src/config/contractEdit.ts',
  modelFile: 'src/config/modelFile.ts',
  environmentFiles: 'src/config/environmentFiles.ts',
  sqliteThread: 'src/registries/sqliteThread.ts',
  filesThread: 'src/registries/filesThread.ts',
  bodiesThread: 'src/registries/bodiesThread.ts',
};

/** @type {esbuild.Plugin} */
const apart = {
  name: 'apart',
  setup: (build) => {
    const filter = new RegExp(`(^|/)(${Object.keys(filesApart).join('|')})$`);
    build.onResolve({ filter }, ({ path: name, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path.basename(name)}.js`, external: true } : undefined,
    );
  },
};

/** Files apart that share `yaml`. @type {esbuild.Plugin} */
const yamlApart = {
  name: 'yaml-apart',
  setup: (build) => {
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: './yaml.js', external: true }));
  },
};

/** A worker's script as text: a webview may start none by an address. @type {esbuild.Plugin} */
const asText = {
  name: 'as-text',
  setup: (build) => {
    build.onResolve({ filter: /\?text$/ }, ({ path: name, resolveDir }) => ({
      path: path.resolve(resolveDir, name.replace('?text', '')),
      namespace: 'text',
    }));
    build.onLoad({ filter: /./, namespace: 'text' }, async ({ path: file }) => {
      const { outputFiles, metafile } = await esbuild.build({
        ...worker,
        entryPoints: [file],
        metafile: true,
        write: false,
      });
      return {
        contents: outputFiles[0]?.text ?? '',
        loader: 'text',
        watchFiles: Object.keys(metafile.inputs).map((input) => path.resolve(input)),
      };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const worker = { ...shared, platform: 'browser', target: 'chrome132', format: 'iife', sourcemap: false };
/** @type {esbuild.BuildOptions} */
const browser = { ...worker, sourcemap: !production, format: 'esm', splitting: true, plugins: [asText] };

/** Files of a folder by the end of their names. @param {string} folder @param {string} end */
const filesBelow = (folder, end) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith(end))
        .map((file) => path.join(folder, file))
    : [];

// Each page apart: of what all share a page would load a dozen files, one after another.
/** @type {esbuild.BuildOptions[]} */
const pages = filesBelow('src/webview', '.main.ts').map((file) => ({
  ...browser,
  entryPoints: [file],
  entryNames: '[name]',
  outdir: 'dist/webview',
}));

/** @type {esbuild.BuildOptions[]} */
const builds = [
  ...pages,
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', plugins: [apart] },
  { ...node, entryPoints: ['src/registries/worker.ts'], outfile: 'dist/worker.js', plugins: [apart] },
  ...Object.entries(filesApart).map(([name, file]) => ({
    ...node,
    entryPoints: [file],
    outfile: `dist/${name}.js`,
    plugins: [file.startsWith('src/config/') ? yamlApart : apart],
  })),
  { ...node, entryPoints: ['src/cli/ringside.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  // The harness copies the sample with the product's own code.
  { ...node, entryPoints: ['src/registries/sample.ts'], outfile: 'out/sample.js' },
];
if (tests) {
  const ends = ['unit', 'contract', 'ui', 'bench', 'harness'].flatMap((suite) =>
    filesBelow(`test/${suite}`, '.test.ts'),
  );
  builds.push(
    { ...node, entryPoints: ends, outdir: 'out/test', outbase: 'test', packages: 'external' },
    // The bench opens stores as the extension does.
    { ...node, entryPoints: ['src/registries/open.ts'], outfile: 'out/registries.js' },
    { ...node, entryPoints: ['test/host/index.ts'], outfile: 'out/test/host/index.js', external: ['vscode', 'mocha'] },
  );
}

/** What each page's script imports at once, by its file: named in the page, it is fetched beside the script. */
async function importsOfPages() {
  const results = await Promise.all(pages.map((page) => esbuild.build({ ...page, write: false, metafile: true })));
  const outputs = results.flatMap(({ metafile }) => Object.entries(metafile.outputs));
  return Object.fromEntries(
    outputs.flatMap(([file, { entryPoint, imports }]) => {
      const names = imports.filter(({ kind }) => kind === 'import-statement').map((each) => path.basename(each.path));
      return entryPoint?.endsWith('.main.ts') ? [[path.basename(file), names]] : [];
    }),
  );
}

async function main() {
  const present = builds.filter(({ entryPoints }) =>
    /** @type {string[]} */ (entryPoints).every((file) => fs.existsSync(file)),
  );
  // What an older build left would be packed too.
  if (production) fs.rmSync('dist', { recursive: true, force: true });
  fs.mkdirSync('dist', { recursive: true });
  fs.copyFileSync('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/codicon.ttf');
  const define = { ...node.define, PAGE_IMPORTS: JSON.stringify(await importsOfPages()) };
  const contexts = await Promise.all(
    present.map((options) => esbuild.context(options.define ? { ...options, define } : options)),
  );
  if (watch) {
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  await Promise.all(contexts.map((context) => context.rebuild()));
  await Promise.all(contexts.map((context) => context.dispose()));
}

main().catch(() => process.exit(1));
