import type { Shown } from '../domain/changes';
import type { RunScope } from './runReader';

/** What the trees show of one registry: which lists stand at the top, and what hangs below what is expanded. */
export interface Expanded {
  readonly experiments: boolean;
  readonly models: boolean;
  /** Experiments and runs whose runs are shown. */
  readonly runs: readonly RunScope[];
  /** Runs whose params, metrics and tags are shown. */
  readonly runIds: readonly string[];
  /** Experiments whose logged models are shown, by id. */
  readonly loggedModelsOf: readonly string[];
  /** Models whose versions are shown. */
  readonly versionsOf: readonly string[];
  readonly folders: Shown['folders'];
}
