import * as l10n from '@vscode/l10n';
import { type Disposable, env } from 'vscode';
import type { RegistrySet } from '../app/registrySet';
import { artifactSnippet, artifactUri, loggingSnippet, mlflowUri, snippet } from '../app/snippets';
import { UserError } from '../domain/errors';
import { isRef, type Ref } from '../domain/ref';
import { commands } from '../ids';
import type { Ui } from '../platform/ui';
import type { Element, EndpointElement } from '../app/elements';
import type { Selection } from '../platform/selection';
import { command } from './register';

/** What can be copied of: an element of a tree, or a ref that other code passes. */
type Copied = Element | EndpointElement | { readonly kind: 'ref'; readonly ref: Ref };

interface CopyDeps {
  readonly registries: RegistrySet;
  readonly selection: Selection;
  readonly ui: Ui;
}

/** Copy ID, Copy URI, Copy Python Snippet; of several things, one per line. */
export function registerCopyCommands(deps: CopyDeps): Disposable[] {
  const { registries, selection, ui } = deps;

  async function copy(args: readonly unknown[], textOf: (item: Copied) => Promise<string | undefined>): Promise<void> {
    const found = await Promise.all(copiedFrom(args, selection).map(textOf));
    const texts = [...new Set(found.filter((text) => text !== undefined))];
    if (texts.length === 0) throw new UserError('invalid', l10n.t('There is nothing to copy here.'));
    await env.clipboard.writeText(texts.join('\n'));
    ui.done(texts.length === 1 ? l10n.t('Copied') : l10n.t('Copied {0} lines', texts.length));
  }

  async function uriOf(item: Copied): Promise<string | undefined> {
    if (item.kind === 'artifact') return artifactUri({ root: item.root, path: item.artifact.path });
    if (item.kind === 'endpoint') return item.endpoint.url;
    if (!item.ref) return undefined;
    if (item.ref.kind !== 'experiment') return mlflowUri(item.ref);
    // Experiments have no URI of their own: where their artifacts lie is what names them outside.
    const { registry, id: experimentId } = item.ref;
    return (await registries.get(registry).experiments.get({ experimentId })).artifactLocation;
  }

  function snippetOf(item: Copied): string | undefined {
    if (!item.ref) return undefined;
    const { connection } = registries.get(item.ref.registry);
    if (item.kind !== 'artifact') return snippet(connection, item.ref);
    return artifactSnippet(connection, { root: item.root, path: item.artifact.path });
  }

  function loggingSnippetOf({ ref }: Copied): string | undefined {
    if (ref?.kind !== 'experiment') return undefined;
    return loggingSnippet(registries.get(ref.registry).connection, ref.id);
  }

  return [
    command(commands.copyId, ui, (...args) => copy(args, (item) => Promise.resolve(idOf(item)))),
    command(commands.copyUri, ui, (...args) => copy(args, uriOf)),
    command(commands.copySnippet, ui, (...args) => copy(args, (item) => Promise.resolve(snippetOf(item)))),
    command(commands.copyLoggingSnippet, ui, (...args) =>
      copy(args, (item) => Promise.resolve(loggingSnippetOf(item))),
    ),
  ];
}

/** MLflow's id; of a metric, param or tag its exact value, of an artifact its path, of an endpoint its address. */
function idOf(item: Copied): string | undefined {
  switch (item.kind) {
    case 'metric':
      return String(item.metric.value);
    case 'param':
    case 'tag':
      return item.pair.value;
    case 'artifact':
      return item.artifact.path;
    // Its id is ours alone: nothing outside takes it.
    case 'endpoint':
      return item.endpoint.url;
    case 'error':
      return item.error instanceof UserError ? item.error.text : String(item.error);
    default:
      return item.ref?.id;
  }
}

/** The clicked element with the selection that holds it; without one, as a key calls, what is selected. */
function copiedFrom(args: readonly unknown[], selection: Selection): readonly Copied[] {
  const [clicked, selected] = args;
  if (isRef(clicked)) return [{ kind: 'ref', ref: clicked }];
  if (!isElement(clicked))
    return selection.elements(typeof clicked === 'string' ? clicked : undefined).filter(isElement);
  const others = Array.isArray(selected) ? selected.filter(isElement) : [];
  return others.includes(clicked) ? others : [clicked];
}

function isElement(value: unknown): value is Element | EndpointElement {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
}
