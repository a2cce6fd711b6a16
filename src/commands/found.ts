import * as l10n from '@vscode/l10n';
import type { Found } from '../app/goTo';
import type { Ref, RefKind } from '../domain/ref';
import type { RunStatus } from '../domain/run';
import { dotted, oneLine, statusWord } from '../domain/words';
import type { Choice } from '../platform/ui';
import type { Section } from './searchPick';

const icons: Readonly<Record<RefKind, string>> = {
  registry: 'database',
  experiment: 'beaker',
  run: 'pass',
  model: 'package',
  version: 'versions',
  loggedModel: 'symbol-structure',
  endpoint: 'broadcast',
};

const statusIcons: Readonly<Record<RunStatus, string>> = {
  RUNNING: 'sync',
  SCHEDULED: 'watch',
  FINISHED: 'pass',
  FAILED: 'error',
  KILLED: 'circle-slash',
};

/** What was found as a choice; words say what the icon alone would: VS Code drops the headings while one types. */
export function foundChoice({ ref, name, about, status }: Found): Choice<Ref> {
  const word = status === undefined ? kindWord(ref.kind) : status === 'FINISHED' ? undefined : statusWord(status);
  const description = dotted(word, about && oneLine(about));
  return { label: oneLine(name), description, icon: status ? statusIcons[status] : icons[ref.kind], value: ref };
}

function kindWord(kind: RefKind): string | undefined {
  if (kind === 'experiment') return l10n.t('experiment');
  return kind === 'model' ? l10n.t('model') : undefined;
}

/** Under one heading per kind. */
export function foundSections(found: readonly Found[]): Section<Ref>[] {
  const titles = {
    experiment: l10n.t('Experiments'),
    run: l10n.t('Runs'),
    model: l10n.t('Models'),
    version: l10n.t('Versions'),
  };
  return (['experiment', 'run', 'model', 'version'] as const).map((kind) => ({
    title: titles[kind],
    choices: found.filter(({ ref }) => ref.kind === kind).map(foundChoice),
  }));
}
