import { Aliases } from '../app/alias';
import { allPages, pagesOf } from '../app/allPages';
import { type Candidate, Registrations } from '../app/register';
import { UserError } from '../domain/errors';
import type { Ref } from '../domain/ref';
import { artifactJson, experimentJson, historyJson, type Json, modelJson, runJson, runRows, versionJson } from './json';
import { compareAnswer } from './compare';
import { downloadAnswer } from './download';
import type { Command, Context } from './context';
import { wrongUsage } from './usage';
import { findExperiment, pageSize, take } from './words';
import { writes } from './writes';

const commands: Readonly<Record<string, Command>> = {
  ...writes,

  async experiments({ registry, options, say, signal }) {
    const all = await allPages(
      (pageToken) => registry.experiments.search({ view: options.view, maxResults: pageSize, ...pageToken }, signal),
      say,
    );
    return all.map(experimentJson);
  },

  async runs(context, words) {
    const { registry, options, say, signal } = context;
    const [wanted] = take(words, 1, 'runs EXPERIMENT');
    const experiment = await findExperiment(context, wanted);
    const rows: Json[] = [];
    const search = { experimentIds: [experiment.experimentId], view: options.view, orderBy: options.orderBy };
    const pages = pagesOf(
      (from) =>
        registry.runs.search(
          {
            ...search,
            maxResults: Math.min(pageSize, options.max - rows.length),
            ...(options.filter !== undefined && { filter: options.filter }),
            ...from,
          },
          signal,
        ),
      ({ table }) => table.length,
    );
    let isFirst = true;
    for await (const { table, beyond, note } of pages) {
      if (isFirst) for (const remark of [beyond, note]) if (remark !== undefined) say(remark);
      isFirst = false;
      rows.push(...runRows(table));
      if (rows.length >= options.max) break;
    }
    return rows;
  },

  async run({ registry, signal }, words) {
    const [runId] = take(words, 1, 'run RUN_ID');
    return runJson(await registry.runs.get({ runId }, signal));
  },

  async history({ registry, signal }, words) {
    const [runId, key] = take(words, 2, 'history RUN_ID KEY');
    // A run that is not there is a refusal, a metric that it never logged an empty list.
    await registry.runs.get({ runId }, signal);
    const [history] = await registry.runs.histories({ runIds: [runId], key }, signal);
    return history ? historyJson(history) : [];
  },

  async artifacts({ registry, signal }, words) {
    const [runId, path = ''] = take(words, 1, 'artifacts RUN_ID [PATH]', 1);
    return (await registry.artifacts.list({ root: { kind: 'run', runId }, path }, signal)).map(artifactJson);
  },

  download: (context, words) => downloadAnswer(context, words),

  async models({ registry, say, signal }) {
    const all = await allPages(
      (pageToken) => registry.models.search({ maxResults: pageSize, ...pageToken }, signal),
      say,
    );
    return all.map(modelJson);
  },

  async versions({ registry, say, signal }, words) {
    const [name] = take(words, 1, 'versions MODEL');
    await registry.models.get({ name }, signal);
    const all = await allPages(
      (pageToken) => registry.models.versions({ name, maxResults: pageSize, ...pageToken }, signal),
      say,
    );
    return all.map(versionJson);
  },

  compare: (context, words) => compareAnswer(context, words),

  async register({ registries, name: registry, options, signal }, words) {
    const [runId, model] = take(words, 2, 'register RUN_ID MODEL [--artifact PATH]');
    const registrations = new Registrations(registries);
    const from: Ref = { kind: 'run', registry, id: runId };
    const candidates = await registrations.candidates(from, signal);
    const candidate = chooseCandidate(candidates, options.artifact);
    const preview = await registrations.preview({ from, model, candidate }, signal);
    if (!options.dryRun) return versionJson(await registrations.apply(preview, signal));
    const { name, source, modelId } = preview.version;
    return { name, source, run_id: runId, model_id: modelId, creates_model: preview.newModel };
  },

  async alias({ registries, name: registry, options, say, signal }, words) {
    const [verb, ...rest] = words;
    if (verb !== 'set' && verb !== 'delete') throw wrongUsage('alias takes set or delete.');
    const [model, alias, to] =
      verb === 'set' ? take(rest, 3, 'alias set MODEL ALIAS VERSION') : take(rest, 2, 'alias delete MODEL ALIAS');
    const aliases = new Aliases(registries);
    const change = await aliases.preview({ registry, model, alias, to }, signal);
    if (to !== undefined) await registries.get(registry).models.version({ name: model, version: to }, signal);
    if (change.from === change.to)
      say(to === undefined ? `@${alias} is not there: nothing to delete.` : 'It is so already.');
    else if (!options.dryRun) await aliases.apply(change, signal);
    return { alias, from: change.from ?? null, to: to ?? null };
  },
};

/** Runs one command and gives its answer as JSON. */
export function runCommand(context: Context): Promise<unknown> {
  const [name = '', ...words] = context.options.words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw wrongUsage(`There is no command '${name}'.`);
  return command(context, words);
}

function chooseCandidate(candidates: readonly Candidate[], artifact: string | undefined): Candidate {
  const matching = artifact === undefined ? candidates : candidates.filter((candidate) => isNamed(candidate, artifact));
  const [only, second] = matching;
  if (only && (!second || artifact !== undefined)) return only;
  if (artifact !== undefined) return { kind: 'artifact', path: artifact };
  if (!only)
    throw new UserError('notFound', 'The run logged no model.', { next: 'Name a folder with --artifact PATH.' });
  const names = candidates.map((candidate) =>
    candidate.kind === 'artifact' ? candidate.path : candidate.model.modelId,
  );
  throw new UserError('invalid', `The run logged ${candidates.length} models: ${names.join(', ')}.`, {
    next: 'Choose one with --artifact.',
  });
}

function isNamed(candidate: Candidate, artifact: string): boolean {
  if (candidate.kind === 'artifact') return candidate.path === artifact;
  return candidate.model.name === artifact || candidate.model.modelId === artifact;
}
