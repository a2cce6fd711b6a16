import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

export interface WrittenRun {
  readonly name: string;
  /** ms since epoch. */
  readonly start: number;
  readonly end?: number;
  readonly status?: 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';
  readonly parent?: string;
  readonly deleted?: boolean;
  readonly metrics?: Readonly<Record<string, number>>;
}

const statuses = { RUNNING: 1, FINISHED: 3, FAILED: 4, KILLED: 5 };

/** An `mlruns` folder as MLflow's file store writes it (mlflow.md §2), for trees whose shape a test decides. */
export class WrittenStore {
  readonly root = path.join(mkdtempSync(path.join(tmpdir(), 'ringside-trees-')), 'mlruns');

  experiment(id: string, name: string, deleted = false): void {
    this.meta([deleted ? `.trash/${id}` : id], {
      artifact_location: path.join(this.root, id),
      creation_time: Number(id),
      experiment_id: id,
      last_update_time: Number(id),
      lifecycle_stage: deleted ? 'deleted' : 'active',
      name,
    });
  }

  /** Returns the run's id. */
  run(experimentId: string, run: WrittenRun): string {
    const id = Buffer.from(run.name).toString('hex').padStart(32, 'a');
    const folder = path.join(experimentId, id);
    this.meta([folder], {
      artifact_uri: path.join(this.root, folder, 'artifacts'),
      end_time: run.status === 'RUNNING' ? null : (run.end ?? run.start + 1000),
      entry_point_name: '',
      experiment_id: experimentId,
      lifecycle_stage: run.deleted ? 'deleted' : 'active',
      run_id: id,
      run_name: run.name,
      run_uuid: id,
      source_name: '',
      source_type: 4,
      source_version: '',
      start_time: run.start,
      status: statuses[run.status ?? 'FINISHED'],
      tags: [],
      user_id: 'ada',
    });
    for (const [key, value] of Object.entries(run.metrics ?? {})) {
      this.write(path.join(folder, 'metrics', key), `${run.start} ${value} 0\n`);
    }
    if (run.parent !== undefined) this.write(path.join(folder, 'tags', 'mlflow.parentRunId'), run.parent);
    return id;
  }

  private meta(folder: readonly string[], fields: Readonly<Record<string, unknown>>): void {
    const lines = Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
    this.write(path.join(...folder, 'meta.yaml'), lines.join(''));
  }

  private write(file: string, text: string): void {
    const target = path.join(this.root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
