import type { Expanded } from '../app/expanded';
import { type Element, isRun, rootOf } from '../app/elements';

/** What the trees of one registry show, by the elements that are expanded in them. */
export function expandedOf(
  registry: string,
  trees: { readonly experiments?: readonly Element[]; readonly models?: readonly Element[] },
): Expanded {
  const own = [...(trees.experiments ?? []), ...(trees.models ?? [])].filter(({ ref }) => ref?.registry === registry);
  return {
    experiments: trees.experiments !== undefined,
    models: trees.models !== undefined,
    runs: unique(own.flatMap(runsBelow)),
    runIds: own.flatMap((element) => (element.kind === 'run' ? [element.run.runId] : [])),
    loggedModelsOf: own.flatMap((element) => (element.kind === 'loggedModels' ? [element.ref.id] : [])),
    versionsOf: own.flatMap((element) => (element.kind === 'model' ? [element.model.name] : [])),
    folders: own.flatMap(foldersBelow),
  };
}

function runsBelow(element: Element): Expanded['runs'] {
  if (element.kind === 'experiment') return [{ registry: element.ref.registry, experimentId: element.ref.id }];
  const run =
    element.kind === 'run'
      ? element.run
      : element.kind === 'group' && element.name === 'nested'
        ? element.of
        : undefined;
  if (!run || !isRun(run) || element.ref === undefined) return [];
  return [{ registry: element.ref.registry, experimentId: run.experimentId, parentId: run.runId }];
}

function foldersBelow(element: Element): Expanded['folders'] {
  if (element.kind === 'artifact') return [{ root: element.root, path: element.artifact.path }];
  if (element.kind !== 'group' || element.name !== 'artifacts') return [];
  return [{ root: rootOf(element.of), path: '' }];
}

/** A run and its group of nested runs show one list. */
function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
