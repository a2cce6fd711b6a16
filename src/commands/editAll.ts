import * as l10n from '@vscode/l10n';
import { type Edit, type EditRequest, type Edits } from '../app/edits';
import type { Failure, Settled } from '../app/settle';
import { UserError } from '../domain/errors';
import type { Ref } from '../domain/ref';
import { newWorkCount } from '../domain/workCount';
import type { Ui } from '../platform/ui';
import { counted, lastingWork } from './lastingWork';

/** How a command speaks of what it does. */
export interface EditWords {
  /** What is under way, for the progress. */
  readonly working: string;
  /** What is said when all of them are done. */
  readonly done: (edits: readonly Edit[]) => string;
  /** The question before anything is written; absent where nothing is lost or moved. */
  readonly confirm?: (edits: readonly Edit[]) => Question | undefined;
}

export interface Question {
  readonly question: string;
  readonly detail: string;
  readonly action: string;
}

/** Things that are done before anybody could read a progress. */
const quick = 10;
/** Failures that are told one by one; the log has them all. */
const toldFailures = 3;

/** One change of one or many things: one preview, one question, one answer. What fails leaves the others done. */
export async function editAll(
  edits: Edits,
  ui: Ui,
  requests: readonly EditRequest[],
  { working, done, confirm }: EditWords,
): Promise<void> {
  const few = requests.length <= quick;
  const previews = await (few
    ? edits.previewAll(requests)
    : ui.progress(working, (_report, signal) => edits.previewAll(requests, signal)));
  if (previews.left > 0) return;
  const changing = previews.done.filter(({ from, to }) => from !== to);
  if (changing.length === 0 && previews.failed.length === 0) {
    ui.done(l10n.t('Nothing to change: it is so already'));
    return;
  }
  if (changing.length === 0) throw summary(previews, requests.length);
  const asked = confirm?.(changing);
  if (asked && !(await ui.confirm(asked.question, withLeftOut(asked, previews.failed.length)))) return;
  const count = newWorkCount();
  const settled = await (few
    ? // A file store rewrites every run of an experiment: stopped halfway it would be neither deleted nor there.
      lastingWork(edits.applyAll(changing, undefined, undefined, count), (work) =>
        ui.progress(working, (report) => counted(work, count, report), { cancellable: false }),
      )
    : ui.progress(working, (report, signal) =>
        edits.applyAll(changing, signal, (finished) => report(l10n.t('{0} of {1}', finished, changing.length))),
      ));
  const failed = [...previews.failed, ...settled.failed];
  if (failed.length > 0 || settled.left > 0) throw summary({ ...settled, failed }, requests.length);
  ui.done(done(settled.done));
}

function withLeftOut(
  { detail, action }: Question,
  count: number,
): { readonly detail: string; readonly action: string } {
  if (count === 0) return { detail, action };
  return { detail: `${detail}\n${l10n.t('{0} others cannot be changed and are left out.', count)}`, action };
}

/** What a summary calls a thing. */
interface Named {
  readonly ref: Ref;
  readonly name?: string;
}

/** The one failure itself, else one sentence about all of them. */
export function summary({ done, failed, left }: Settled<Named, unknown>, all: number): unknown {
  const [first] = failed;
  if (!first)
    return new UserError('conflict', l10n.t('Stopped: {0} of {1} are done.', done.length, all), leftNext(left));
  if (all === 1) return first.error;
  const told = failed.slice(0, toldFailures).map(sentenceOf);
  if (failed.length > told.length) told.push(l10n.t('and {0} more', failed.length - told.length));
  const kind = first.error instanceof UserError ? first.error.kind : 'conflict';
  const errors = failed.map(({ error }) => error);
  return new UserError(kind, l10n.t('{0} of {1} are done. Not done: {2}', done.length, all, told.join('; ')), {
    cause: new AggregateError(errors),
    ...leftNext(left),
  });
}

function leftNext(left: number): { readonly next?: string } {
  return left > 0 ? { next: l10n.t('{0} were not tried.', left) } : {};
}

function sentenceOf({ item: { name, ref }, error }: Failure<Named>): string {
  return `${name ?? ref.id}: ${error instanceof Error ? error.message : String(error)}`;
}

/** The names of some things for a question's detail: the first few, then how many more. */
export function namesOf(edits: readonly Edit[]): string {
  const named = edits.slice(0, 5).map(({ name }) => name);
  const more = edits.length - named.length;
  return more > 0 ? l10n.t('{0} and {1} more', named.join(', '), more) : named.join(', ');
}

/** The one by its name, several by how many of what they are. */
export function countOf(edits: readonly Edit[]): string {
  const [first, ...others] = edits;
  if (first && others.length === 0) return first.name;
  const kinds = new Set(edits.map(({ ref }) => ref.kind));
  const [kind] = kinds;
  if (kinds.size > 1) return l10n.t('{0} things', edits.length);
  if (kind === 'run') return l10n.t('{0} runs', edits.length);
  if (kind === 'experiment') return l10n.t('{0} experiments', edits.length);
  return kind === 'model' ? l10n.t('{0} models', edits.length) : l10n.t('{0} versions', edits.length);
}
