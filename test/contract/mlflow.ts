import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The MLflow that makes the stores and is the oracle: 3.17.2 in `.venv`, any other in the matrix. */
export const python = path.resolve(process.env['RINGSIDE_PYTHON'] ?? '.venv/bin/python');
export const mlflowEnv = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
export const mlflowVersion = execFileSync(
  python,
  ['-c', 'from importlib.metadata import version; print(version("mlflow"))'],
  { encoding: 'utf8' },
).trim();

/**
 * The release that brought each part (mlflow.md §0). A test of a part is not defined for a release without it;
 * features.py asks the client itself, and a test compares the two.
 */
const since = {
  fileRegistry: { release: '2.1', words: 'registered models in files' },
  aliases: { release: '2.3', words: 'aliases' },
  datasets: { release: '2.4', words: 'datasets' },
  longParams: { release: '2.8', words: 'params of 5,000 characters' },
  traces: { release: '2.14', words: 'traces' },
  prompts: { release: '2.22', words: 'prompts' },
  loggedModels: { release: '3.0', words: 'logged models' },
  workspaces: { release: '3.10', words: 'workspaces' },
} as const;

export type Feature = keyof typeof since;

/** A test of what not every release has. */
export function itWhere(there: boolean, title: string, test: () => Promise<void>): void {
  if (there) it(title, test);
}

export function has(feature: Feature): boolean {
  return isFrom(since[feature].release);
}

export const features = Object.keys(since) as Feature[];

/** The parts that the release under test is without, in words. */
export function lacks(): readonly string[] {
  return features.filter((feature) => !has(feature)).map((feature) => since[feature].words);
}

/** Whether the MLflow under test is this release or a later one. */
export function isFrom(release: string): boolean {
  const [wanted, found] = [release, mlflowVersion].map((text) => text.split('.').map(Number));
  const [major, minor] = [found![0]! - wanted![0]!, found![1]! - wanted![1]!];
  return major > 0 || (major === 0 && minor >= 0);
}
