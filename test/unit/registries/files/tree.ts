import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Registry } from '../../../../src/domain/ports';
import { createFilesRegistry } from '../../../../src/registries/files/filesRegistry';

/** Text of a file, or a folder. */
export interface Tree {
  readonly [name: string]: string | Buffer | Tree;
}

export function plant(dir: string, tree: Tree): void {
  fs.mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(dir, name);
    if (typeof content === 'string' || Buffer.isBuffer(content)) fs.writeFileSync(file, content);
    else plant(file, content);
  }
}

/** A folder that is removed after each test of the suite that asks for it. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ringside-files-'));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}

export function open(root: string): Registry {
  return createFilesRegistry({ name: 'store', trackingUri: root });
}

/** meta.yaml as PyYAML writes it. */
export function experimentMeta(id: string, name: string, more = ''): string {
  return `artifact_location: file:///nowhere/${id}\ncreation_time: 1700000000000\nexperiment_id: '${id}'\nlast_update_time: 1700000000001\nlifecycle_stage: active\nname: ${name}\n${more}`;
}

export function runMeta(experimentId: string, runId: string, fields: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    artifact_uri: `file:///nowhere/${experimentId}/${runId}/artifacts`,
    end_time: '1700000005000',
    entry_point_name: "''",
    experiment_id: `'${experimentId}'`,
    lifecycle_stage: 'active',
    run_id: runId,
    run_name: 'run',
    source_name: "''",
    source_type: '4',
    source_version: "''",
    start_time: '1700000000000',
    status: '3',
    tags: '[]',
    user_id: 'me',
    ...fields,
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

export function modelMeta(name: string): string {
  return `aliases: {}\ncreation_timestamp: 1700000000000\ndescription: null\nlast_updated_timestamp: 1700000000001\nname: ${name}\n`;
}

export function versionMeta(name: string, version: number, fields: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    creation_timestamp: '1700000000000',
    current_stage: 'None',
    description: 'null',
    last_updated_timestamp: '1700000000001',
    name,
    run_id: 'null',
    source: `file:///nowhere/${version}`,
    status: 'READY',
    storage_location: `file:///nowhere/${version}`,
    version: String(version),
    ...fields,
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
