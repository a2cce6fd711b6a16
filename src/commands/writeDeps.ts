import type { Edits } from '../app/edits';
import type { RegistrySet } from '../app/registrySet';
import type { Ref } from '../domain/ref';
import type { Ui } from '../platform/ui';
import type { Selection } from '../platform/selection';
import type { PickedSubjects } from './subjects';

/** What the commands that write are given. */
export interface WriteDeps {
  readonly registries: RegistrySet;
  readonly edits: Edits;
  readonly subjects: PickedSubjects;
  readonly selection: Selection;
  readonly ui: Ui;
  /** Selects a thing in the side bar. */
  readonly reveal: (ref: Ref) => Promise<void>;
  /** ms since epoch. */
  readonly now: () => number;
}
