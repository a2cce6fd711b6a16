import * as fs from 'node:fs';
import path from 'node:path';

/** Of the run that started as the `i`th. */
export function runIdOf(i: number): string {
  return i.toString(16).padStart(32, '0');
}

/** A file store of so many experiments, and in the first so many runs, the oldest of which has a history of a million points. */
export function plantMany(
  root: string,
  experiment: string,
  { experiments, runs }: { readonly experiments: number; readonly runs: number },
): void {
  for (let i = 0; i < experiments; i++) {
    const dir = path.join(root, String(i));
    fs.mkdirSync(dir, { recursive: true });
    const named = experiment.replace(/^experiment_id: .*$/m, `experiment_id: '${i}'`);
    fs.writeFileSync(path.join(dir, 'meta.yaml'), named.replace(/^name: .*$/m, `name: e${i}`));
  }
  for (let i = 0; i < runs; i++) plantRun(path.join(root, '0', runIdOf(i)), i);
  const points = Array.from({ length: 1_000_000 }, (_, i) => `${1_700_000_000_000 + i} ${i / 7} ${i}\n`);
  fs.writeFileSync(path.join(root, '0', runIdOf(0), 'metrics', 'long'), points.join(''));
}

function plantRun(run: string, i: number): void {
  fs.mkdirSync(path.join(run, 'metrics'), { recursive: true });
  fs.writeFileSync(
    path.join(run, 'meta.yaml'),
    `artifact_uri: x\nexperiment_id: '0'\nlifecycle_stage: active\nrun_id: ${runIdOf(i)}\nstart_time: ${i}\nstatus: 3\n`,
  );
  for (let key = 0; key < 5; key++) fs.writeFileSync(path.join(run, 'metrics', `m${key}`), `1 ${i} 1\n`);
}
