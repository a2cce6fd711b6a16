import { Creations } from '../app/creations';
import { type Edit, Edits } from '../app/edits';
import type { Field } from '../app/field';
import { Logging } from '../app/logging';
import { Removals } from '../app/removals';
import { Stages } from '../app/stages';
import { UserError } from '../domain/errors';
import { type Ref, versionOf, versionRef } from '../domain/ref';
import { noteTag } from '../domain/run';
import { type Command, type Context } from './context';
import { experimentJson, type Json, metricJson, modelJson } from './json';
import { metricsOf, pairsOf } from './logged';
import { take, takeThing } from './words';
import { wrongUsage } from './usage';

/** What writes; `--dry-run` answers with the same object and writes nothing. */
export const writes: Readonly<Record<string, Command>> = {
  async create({ registries, name: registry, options, signal }, words) {
    const [kind, name] = take(words, 2, 'create experiment|model NAME');
    const creations = new Creations(registries);
    if (kind === 'experiment') {
      const wanted = { name, ...(options.artifactLocation && { artifactLocation: options.artifactLocation }) };
      await creations.previewExperiment(registry, wanted, signal);
      if (options.dryRun) return { name, artifact_location: options.artifactLocation };
      return experimentJson(await creations.createExperiment(registry, wanted, signal));
    }
    if (kind !== 'model') throw wrongUsage('create takes experiment or model.');
    const wanted = { name, ...(options.description && { description: options.description }) };
    await creations.previewModel(registry, wanted, signal);
    if (options.dryRun) return { name, description: options.description };
    return modelJson(await creations.createModel(registry, wanted, signal));
  },

  async rename(context, words) {
    const usage = 'rename run RUN_ID|experiment EXPERIMENT|model MODEL NAME';
    const { ref, rest } = await takeThing(context, words, 1, usage);
    if (ref.kind === 'version') throw wrongUsage(`Call it as: ringside ${usage}.`);
    return edit(context, ref, { kind: 'name' }, rest[0]);
  },

  async describe(context, words) {
    const { ref, rest } = await takeThing(context, words, 1, 'describe THING TEXT');
    return edit(context, ref, { kind: 'description' }, rest[0]);
  },

  async tag(context, words) {
    const [verb, ...others] = words;
    if (verb !== 'set' && verb !== 'delete') throw wrongUsage('tag takes set or delete.');
    const [count, usage] = verb === 'set' ? [2, 'tag set THING KEY VALUE'] : [1, 'tag delete THING KEY'];
    const { ref, rest } = await takeThing(context, others, count, usage);
    const [key = '', value] = rest;
    return edit(context, ref, { kind: 'tag', key }, value);
  },

  async end(context, words) {
    const [runId] = take(words, 1, 'end RUN_ID [--status FINISHED|FAILED|KILLED]');
    const status = context.options.status;
    if (!['FINISHED', 'FAILED', 'KILLED'].includes(status))
      throw wrongUsage(`--status takes FINISHED, FAILED or KILLED, not '${status}'.`);
    return edit(context, { kind: 'run', registry: context.name, id: runId }, { kind: 'status' }, status);
  },

  async delete(context, words) {
    const { ref } = await takeThing(context, words, 0, 'delete THING [--yes NAME]');
    if (ref.kind === 'model' || ref.kind === 'version') return remove(context, ref);
    return edit(context, ref, { kind: 'lifecycle' }, 'deleted');
  },

  async restore(context, words) {
    const { ref } = await takeThing(context, words, 0, 'restore run RUN_ID|experiment EXPERIMENT');
    return edit(context, ref, { kind: 'lifecycle' }, 'active');
  },

  async stage({ registries, name: registry, options, signal }, words) {
    const [name, version, stage] = take(words, 3, 'stage MODEL VERSION STAGE [--archive-existing]');
    const stages = new Stages(registries);
    const ref = versionRef(registry, name, version);
    const move = await stages.preview(ref, stage, options.archiveExisting, signal);
    if (!options.dryRun) await stages.apply(move, signal);
    const { from, to, others, archiveExisting } = move;
    return { name, version, from, to, archived: archiveExisting ? others : [] };
  },

  async log({ registries, name: registry, options, signal }, words) {
    const [runId] = take(words, 1, 'log RUN_ID --metric KEY=VALUE[@STEP]… --param KEY=VALUE… --tag KEY=VALUE…');
    const metrics = metricsOf(options.metrics, Date.now());
    const params = pairsOf('--param', options.params);
    const tags = pairsOf('--tag', options.tags);
    if (metrics.length + params.length + tags.length === 0)
      throw wrongUsage('log takes at least one --metric, --param or --tag.');
    const logging = new Logging(registries);
    const preview = await logging.preview({ ref: { kind: 'run', registry, id: runId }, metrics, params, tags }, signal);
    if (!options.dryRun) await logging.apply(preview, signal);
    return { run_id: runId, metrics: metrics.map(metricJson), params, tags };
  },
};

async function edit(
  { registries, options, say, signal }: Context,
  ref: Ref,
  field: Field,
  to: string | undefined,
): Promise<Json> {
  const edits = new Edits(registries, Date.now);
  const preview = await edits.preview({ ref, field, to }, signal);
  if (preview.from === to) say(to === undefined ? 'It is not there: nothing to delete.' : 'It is so already.');
  else if (!options.dryRun) await edits.apply(preview, signal);
  return editJson(preview);
}

/** There is no way back, and a command line does not ask: so the name is repeated. */
async function remove({ registries, options, signal }: Context, ref: Ref): Promise<Json> {
  const removals = new Removals(registries);
  const removal = await removals.preview(ref, signal);
  if (!options.dryRun) {
    if (options.yes !== removal.name) throw notRepeated(removal.name);
    await removals.apply(removal, signal);
  }
  return ref.kind === 'version' ? { ...versionOf(ref) } : { name: ref.id, versions: removal.versions };
}

function notRepeated(name: string): UserError {
  return new UserError('invalid', `Deleting ${name} cannot be undone.`, { next: `Repeat its name: --yes '${name}'.` });
}

function editJson({ ref, field, from, to }: Edit): Json {
  return { ...idJson(ref), field: fieldName(ref, field), from: from ?? null, to: to ?? null };
}

function idJson(ref: Ref): Json {
  if (ref.kind === 'run') return { run_id: ref.id };
  if (ref.kind === 'experiment') return { experiment_id: ref.id };
  return ref.kind === 'version' ? { ...versionOf(ref) } : { name: ref.id };
}

/** MLflow's own name of a field. */
function fieldName({ kind }: Ref, field: Field): string {
  switch (field.kind) {
    case 'name':
      return kind === 'run' ? 'run_name' : 'name';
    case 'description':
      return kind === 'model' || kind === 'version' ? 'description' : `tags.${noteTag}`;
    case 'status':
      return 'status';
    case 'lifecycle':
      return 'lifecycle_stage';
    case 'tag':
      return `tags.${field.key}`;
  }
}
