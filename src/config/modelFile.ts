import { parse } from 'yaml';
import { type ModelFile, modelFileOf } from '../domain/modelFile';

/**
 * Reads an `MLmodel`. Every scalar stays text: in YAML 1.2 some ids of runs are numbers (mlflow.md §2.2). What is no
 * such file gives nothing.
 */
export function parseModelFile(text: string): ModelFile | undefined {
  try {
    return modelFileOf(parse(text, { schema: 'failsafe', logLevel: 'silent' }));
  } catch {
    return undefined;
  }
}
