import * as l10n from '@vscode/l10n';
import type { Candidate, Registrations } from '../app/register';
import type { RegistrySet } from '../app/registrySet';
import { settleAll } from '../app/settle';
import { requireWrite } from '../app/writable';
import { UserError } from '../domain/errors';
import type { Ref } from '../domain/ref';
import type { Ui } from '../platform/ui';
import { summary } from './editAll';
import { candidateName, pickModelName } from './modelPickers';

interface Offer {
  readonly ref: Ref;
  readonly name: string;
  readonly candidate: Candidate;
}

/** The newest model of each of several runs, and logged models themselves, as versions of one model in their order. */
export async function registerRuns(
  registries: RegistrySet,
  registrations: Registrations,
  ui: Ui,
  runs: readonly Ref[],
): Promise<void> {
  const registry = runs[0]?.registry ?? '';
  if (runs.some((run) => run.registry !== registry))
    throw new UserError('invalid', l10n.t('Runs of several registries cannot be versions of one model.'));
  await requireWrite(registries, registry);
  const offers = await ui.progress(l10n.t('Looking for models'), (_report, signal) =>
    offersOf(registrations, runs, signal),
  );
  if (!offers) return;
  if (offers.length === 0) throw new UserError('notFound', l10n.t('None of these runs logged a model.'));
  const model = await pickModelName(registries, ui, registry);
  if (!model) return;
  const names = [...new Set(offers.map(({ name }) => name))].slice(0, 5).join(', ');
  const left = runs.length - offers.length;
  const detail = left > 0 ? `${names}\n${l10n.t('{0} others logged no model and are left out.', left)}` : names;
  const question = l10n.t('Register the models of {0} runs as versions of {1}?', offers.length, model);
  if (!(await ui.confirm(question, { detail, action: l10n.t('Register') }))) return;
  const settled = await ui.progress(l10n.t('Registering versions of {0}', model), (report, signal) => {
    let count = 0;
    const registerOne = async ({ ref, candidate }: Offer): Promise<void> => {
      const preview = await registrations.preview({ from: ref, model, candidate }, signal);
      await registrations.apply(preview, signal);
      report(l10n.t('{0} of {1}', ++count, offers.length));
    };
    // One after the other: versions are numbered in the order in which they come.
    return settleAll(offers, registerOne, signal, 1);
  });
  if (settled.failed.length > 0 || settled.left > 0) throw summary(settled, offers.length);
  ui.done(l10n.t('{0} versions of {1} are registered', settled.done.length, model));
}

/** In the order of the runs; a run without a model offers none. Nothing where the person stopped it. */
async function offersOf(
  registrations: Registrations,
  runs: readonly Ref[],
  signal: AbortSignal,
): Promise<readonly Offer[] | undefined> {
  const offerOf = async (ref: Ref): Promise<Offer | undefined> => {
    const [candidate] = await registrations.candidates(ref, signal);
    return candidate && { ref, name: candidateName(candidate), candidate };
  };
  const { done, failed, left } = await settleAll(runs, offerOf, signal);
  if (failed[0]) throw failed[0].error;
  if (left > 0) return undefined;
  return done.filter((offer) => offer !== undefined).sort((a, b) => runs.indexOf(a.ref) - runs.indexOf(b.ref));
}
