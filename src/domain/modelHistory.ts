import { type KeyValue, valueOf } from './experiment';
import { type ModelFile, modelFileOf } from './modelFile';

/** A model that a run logged as a folder of its artifacts, as MLflow did before 3. */
export interface RunModel {
  /** The folder, below the run's artifacts. */
  readonly path: string;
  readonly file: ModelFile;
}

/** Models that MLflow before 3 noted in a tag of the run; of one that was logged again to its folder only the last. */
export function modelHistory(tags: readonly KeyValue[]): readonly RunModel[] {
  const models = new Map<string, RunModel>();
  for (const entry of listOf(valueOf(tags, 'mlflow.log-model.history'))) {
    const file = modelFileOf(entry);
    const path = file && (entry as { readonly artifact_path?: unknown }).artifact_path;
    if (file && typeof path === 'string') models.set(path, { path, file });
  }
  return [...models.values()];
}

/** The one that a version's source names, wherever the artifacts of its run lie. */
export function modelAt(source: string, models: readonly RunModel[]): RunModel | undefined {
  const folder = source.replace(/\/+$/, '');
  const found = models.filter(({ path }) => folder.endsWith(`/${path}`));
  // Of `net/model` and `model` the longer one: both end the source of the first.
  return found.sort((a, b) => b.path.length - a.path.length)[0];
}

/** Longer histories than a tag holds were cut, and are no JSON any more. */
function listOf(text: string | undefined): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
