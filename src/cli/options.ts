import { parseArgs } from 'node:util';
import type { View } from '../domain/experiment';
import { wrongUsage } from './usage';

export interface Options {
  readonly words: readonly string[];
  readonly registry: string | undefined;
  /** The MLflow workspace of a server that has some. */
  readonly workspace: string | undefined;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly view: View;
  readonly filter: string | undefined;
  readonly orderBy: readonly string[];
  readonly max: number;
  readonly artifact: string | undefined;
  readonly to: string | undefined;
  readonly artifactLocation: string | undefined;
  readonly description: string | undefined;
  readonly status: string;
  readonly archiveExisting: boolean;
  /** The name of what is to be deleted for good. */
  readonly yes: string | undefined;
  /** `KEY=VALUE[@STEP]` each. */
  readonly metrics: readonly string[];
  /** `KEY=VALUE` each. */
  readonly params: readonly string[];
  readonly tags: readonly string[];
}

const views: readonly View[] = ['active', 'deleted', 'all'];

/** Reads the command line; rejects what it does not know with one sentence. */
export function parseOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  return {
    words: positionals,
    registry: values.registry,
    workspace: values.workspace,
    json: values.json,
    dryRun: values['dry-run'],
    verbose: values.verbose,
    help: values.help,
    version: values.version,
    view: viewOf(values.view),
    filter: values.filter,
    orderBy: values['order-by'],
    max: maxOf(values.max),
    artifact: values.artifact,
    to: values.to,
    artifactLocation: values['artifact-location'],
    description: values.description,
    status: values.status,
    archiveExisting: values['archive-existing'],
    yes: values.yes,
    metrics: values.metric,
    params: values.param,
    tags: values.tag,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        registry: { type: 'string' },
        workspace: { type: 'string' },
        json: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
        view: { type: 'string', default: 'active' },
        filter: { type: 'string' },
        'order-by': { type: 'string', multiple: true, default: [] },
        max: { type: 'string', default: '1000' },
        artifact: { type: 'string' },
        to: { type: 'string' },
        'artifact-location': { type: 'string' },
        description: { type: 'string' },
        status: { type: 'string', default: 'FINISHED' },
        'archive-existing': { type: 'boolean', default: false },
        yes: { type: 'string' },
        metric: { type: 'string', multiple: true, default: [] },
        param: { type: 'string', multiple: true, default: [] },
        tag: { type: 'string', multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : String(error));
  }
}

function viewOf(text: string): View {
  const view = views.find((known) => known === text);
  if (!view) throw wrongUsage(`--view takes active, deleted or all, not '${text}'.`);
  return view;
}

function maxOf(text: string): number {
  const max = Number(text);
  if (!Number.isInteger(max) || max < 1) throw wrongUsage(`--max takes a whole number from 1, not '${text}'.`);
  return max;
}
