import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { type Stage, stages } from '../domain/model';
import type { ModelStore, VersionName } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';
import { allPages } from './allPages';
import type { RegistrySet } from './registrySet';
import { requireWrite } from './writable';

/** A version on its way from a stage to another. */
export interface StageMove {
  readonly ref: Ref;
  readonly from: string;
  readonly to: Stage;
  /** Other versions that are in that stage now, newest first. */
  readonly others: readonly string[];
  /** Whether they go to Archived. */
  readonly archiveExisting: boolean;
}

/** Versions asked of a store at once. */
const pageSize = 1000;

/** MLflow's legacy stages: preview → (the face confirms) → re-read → write → verify by reading back. */
export class Stages {
  constructor(private readonly registries: RegistrySet) {}

  /** Who stands where now. MLflow archives only what stands in Staging or Production (mlflow.md §1.9). */
  async preview(ref: Ref, stage: string, archiveExisting: boolean, signal?: AbortSignal): Promise<StageMove> {
    await requireWrite(this.registries, ref.registry, signal);
    const { capabilities } = await this.registries.describe(ref.registry, signal);
    if (!capabilities.stages) throw noStages();
    const to = stageOf(stage);
    if (archiveExisting && !canArchive(to)) throw archivesOnly();
    return { ref, to, archiveExisting, ...(await this.read(ref, to, signal)) };
  }

  /** Writes a previewed move and returns what was read back. */
  async apply(move: StageMove, signal?: AbortSignal): Promise<StageMove> {
    const { ref, from, to, others, archiveExisting } = move;
    const { models } = this.registries.get(ref.registry);
    const now = await this.read(ref, to, signal);
    if (now.from !== from || now.others.join() !== others.join()) throw moved(ref, now.from);
    try {
      await models.setStage({ ...versionOf(ref), stage: to, archiveExisting }, signal);
      const after = await this.read(ref, to, signal);
      if (after.from !== to || (archiveExisting && after.others.length > 0)) throw moved(ref, after.from);
    } finally {
      this.registries.forget({ ...ref, kind: 'model', id: versionOf(ref).name });
    }
    return move;
  }

  private async read(ref: Ref, to: Stage, signal?: AbortSignal): Promise<Pick<StageMove, 'from' | 'others'>> {
    const { models } = this.registries.get(ref.registry);
    const which = versionOf(ref);
    const { stage } = await models.version(which, signal);
    return { from: stage, others: canArchive(to) ? await othersIn(models, which, to, signal) : [] };
  }
}

function canArchive(stage: Stage): boolean {
  return stage === 'Staging' || stage === 'Production';
}

async function othersIn(models: ModelStore, own: VersionName, stage: Stage, signal?: AbortSignal): Promise<string[]> {
  const all = await allPages((from) => models.versions({ name: own.name, maxResults: pageSize, ...from }, signal));
  const others = all.filter((each) => each.stage === stage && each.version !== own.version);
  return others.map(({ version }) => version);
}

/** MLflow takes them in any case. */
function stageOf(text: string): Stage {
  const stage = stages.find((known) => known.toLowerCase() === text.toLowerCase());
  if (stage) return stage;
  throw new UserError('invalid', l10n.t("'{0}' is not a stage.", text), {
    next: l10n.t('Use one of: {0}.', stages.join(', ')),
  });
}

function noStages(): UserError {
  return new UserError('unsupported', l10n.t('This registry has no stages.'), { next: l10n.t('Use aliases instead.') });
}

function archivesOnly(): UserError {
  return new UserError('invalid', l10n.t('Only versions in Staging or Production can be archived by a move.'));
}

function moved(ref: Ref, stage: string): UserError {
  const { name, version } = versionOf(ref);
  return new UserError(
    'conflict',
    l10n.t('Stages of {0} were changed by someone else while you looked; v{1} is in {2}.', name, version, stage),
    {
      next: l10n.t('Look again, then decide.'),
    },
  );
}
