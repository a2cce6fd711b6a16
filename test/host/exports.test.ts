import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type SaveDialogOptions, Uri, window } from 'vscode';
import type { RegistrySet } from '../../src/app/registrySet';
import type { ExportFormat } from '../../src/domain/exportTable';
import { unpackTexts } from '../../src/domain/runAttributes';
import type { RunsHost } from '../../src/panels/runs/runs.messages';
import { playRuns, sampleAlone } from './openPanels';
import type { PlayedPanel } from './playedPanel';

const columns = [
  { id: 'name', title: 'Run' },
  { id: 'metrics:accuracy', title: 'accuracy', name: { group: 'metrics', key: 'accuracy' } },
  { id: 'params:learner', title: 'learner', name: { group: 'params', key: 'learner' } },
] as const;

describe('Runs exported to a file (host)', function () {
  this.timeout(60_000);
  const showSaveDialog = window.showSaveDialog.bind(window);
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-exports-'));
  let registries: RegistrySet;
  let panel: PlayedPanel<RunsHost>;
  /** Of svc-rbf and majority-class. */
  let rows: Uint32Array;
  let ids: readonly string[];
  let asked: SaveDialogOptions | undefined;

  before(async () => {
    registries = sampleAlone('sample');
    await registries.ready();
    const { items } = await registries.get('sample').experiments.search({ view: 'active', maxResults: 10 });
    const experiment = items.find(({ name }) => name === 'tumour-screening');
    panel = playRuns(registries, { registry: 'sample', experimentIds: [experiment!.experimentId] });
    const { attributes } = await panel.channel.request('content', { filter: '', deleted: false, orderBy: [] });
    const names = unpackTexts(attributes.runNames);
    rows = Uint32Array.from(['svc-rbf', 'majority-class'], (name) => names.indexOf(name));
    ids = Array.from(rows, (row) => unpackTexts(attributes.runIds)[row] ?? '');
  });

  afterEach(() => Object.assign(window, { showSaveDialog }));

  after(() => {
    panel.dispose();
    registries.dispose();
  });

  /** What the person chooses in the dialog; undefined backs out. */
  function answer(file: string | undefined): void {
    const dialog = (options: SaveDialogOptions): Promise<Uri | undefined> => {
      asked = options;
      return Promise.resolve(file === undefined ? undefined : Uri.file(file));
    };
    Object.assign(window, { showSaveDialog: dialog });
  }

  const save = (format: ExportFormat): Promise<string | undefined> =>
    panel.channel.request('export', { format, to: 'file', rows, columns });

  const texts: Readonly<Record<ExportFormat, () => string>> = {
    csv: () =>
      'run_id,run_name,metrics.accuracy,params.learner\n' +
      `${ids[0]},svc-rbf,0.9780701754385965,CalibratedClassifierCV\n` +
      `${ids[1]},majority-class,0.6271929824561403,DummyClassifier\n`,
    json: () => {
      const run = (id: string | undefined, name: string, accuracy: number, learner: string) => ({
        run_id: id,
        run_name: name,
        'metrics.accuracy': accuracy,
        'params.learner': learner,
      });
      const runs = [
        run(ids[0], 'svc-rbf', 0.9780701754385965, 'CalibratedClassifierCV'),
        run(ids[1], 'majority-class', 0.6271929824561403, 'DummyClassifier'),
      ];
      return `${JSON.stringify(runs, undefined, 2)}\n`;
    },
    markdown: () =>
      '| Run | accuracy | learner |\n| --- | ---: | --- |\n' +
      '| svc-rbf | 0.9780701754385965 | CalibratedClassifierCV |\n' +
      '| majority-class | 0.6271929824561403 | DummyClassifier |\n',
  };

  for (const [format, ending] of [
    ['csv', 'csv'],
    ['json', 'json'],
    ['markdown', 'md'],
  ] as const) {
    it(`as ${format}: the chosen rows and columns, under the name of the experiment`, async () => {
      const file = path.join(folder, `runs.${ending}`);
      answer(file);
      const said = await save(format);
      assert.equal(path.basename(asked?.defaultUri?.fsPath ?? ''), `tumour-screening.${ending}`);
      assert.deepEqual(asked?.filters, { [ending.toUpperCase()]: [ending] });
      assert.equal(readFileSync(file, 'utf8'), texts[format]());
      assert.equal(said, file);
    });
  }

  it('is nothing where the person backs out, and a refusal with the next step where it cannot be written', async () => {
    answer(undefined);
    assert.equal(await save('csv'), undefined);
    const taken = path.join(folder, 'taken.csv');
    mkdirSync(taken);
    answer(taken);
    await assert.rejects(save('csv'), {
      kind: 'invalid',
      message: `${taken} could not be written.`,
      next: 'Choose another folder.',
    });
  });
});
