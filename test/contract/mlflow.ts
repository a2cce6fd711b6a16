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
export const since = {
  fileRegistry: '2.1',
  aliases: '2.3',
  datasets: '2.4',
  longParams: '2.9',
  prompts: '2.22',
  loggedModels: '3.0',
  workspaces: '3.10',
} as const;

export type Feature = keyof typeof since;

/** A test of what not every release has. */
export function itWhere(there: boolean, title: string, test: () => Promise<void>): void {
  if (there) it(title, test);
}

export function has(feature: Feature): boolean {
  return isFrom(since[feature]);
}

export function features(): Record<string, boolean> {
  return Object.fromEntries((Object.keys(since) as Feature[]).map((feature) => [feature, has(feature)]));
}

/** Whether the MLflow under test is this release or a later one. */
export function isFrom(release: string): boolean {
  const [wanted, found] = [release, mlflowVersion].map((text) => text.split('.').map(Number));
  const [major, minor] = [found![0]! - wanted![0]!, found![1]! - wanted![1]!];
  return major > 0 || (major === 0 && minor >= 0);
}
