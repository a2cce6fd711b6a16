import * as l10n from '@vscode/l10n';
import type { Candidate, Registrations } from '../app/register';
import type { RegistrySet } from '../app/registrySet';
import { settleAll } from '../app/settle';
import { requireWrite } from '../app/writable';
import { UserError } from '../domain/errors';
import type { Ref } from '../domain/ref';
import type { Ui } from '../platform/ui';
import { candidateName, pickModelName } from './modelPickers';

interface Offer {
  readonly run: Ref;
  readonly candidate: Candidate;
}

/** The newest model of each of several runs, as versions of one model in the order of the runs. */
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
  if (offers.length === 0) throw new UserError('notFound', l10n.t('None of these runs logged a model.'));
  const model = await pickModelName(registries, ui, registry);
  if (!model) return;
  const names = [...new Set(offers.map(({ candidate }) => candidateName(candidate)))].slice(0, 5).join(', ');
  const left = runs.length - offers.length;
  const detail = left > 0 ? `${names}\n${l10n.t('{0} others logged no model and are left out.', left)}` : names;
  const question = l10n.t('Register the models of {0} runs as versions of {1}?', offers.length, model);
  if (!(await ui.confirm(question, { detail, action: l10n.t('Register') }))) return;
  const done = await ui.progress(l10n.t('Registering versions of {0}', model), async (report, signal) => {
    let count = 0;
    // One after the other: versions are numbered in the order in which they come.
    for (const { run, candidate } of offers) {
      if (signal.aborted) break;
      const preview = await registrations.preview({ registry, runId: run.id, model, candidate }, signal);
      await registrations.apply(preview, signal);
      report(l10n.t('{0} of {1}', ++count, offers.length));
    }
    return count;
  });
  ui.done(l10n.t('{0} versions of {1} are registered', done, model));
}

/** In the order of the runs; a run without a model offers none. */
async function offersOf(
  registrations: Registrations,
  runs: readonly Ref[],
  signal: AbortSignal,
): Promise<readonly Offer[]> {
  const { done, failed } = await settleAll(
    runs,
    async (run) => ({ run, candidate: (await registrations.candidates(run.registry, run.id, signal))[0] }),
    signal,
  );
  if (failed[0]) throw failed[0].error;
  const offers = done.filter((offer): offer is Offer => offer.candidate !== undefined);
  return [...offers].sort((a, b) => runs.indexOf(a.run) - runs.indexOf(b.run));
}
