import * as l10n from '@vscode/l10n';
import type { Browser } from '../app/browse';
import { metricReader, type RunRow } from '../app/runRow';
import type { ModelVersion, RegisteredModel } from '../domain/model';
import { versionRef } from '../domain/ref';
import { runAt } from '../domain/runTable';
import type { Element, ModelElement, VersionElement } from '../app/elements';
import { atMost, moreElement, noted, noteElement, sourceRunElement } from './listElements';

/** What the Models view shows below each element; knows nothing of tree items. */
export class ModelsTree {
  constructor(private readonly browser: Browser) {}

  async roots(registry: string): Promise<Element[]> {
    const { items, more, note } = await this.browser.models(registry);
    if (items.length === 0 && this.browser.options.modelFilter !== undefined) {
      return [noteElement(undefined, l10n.t('No model matches'))];
    }
    const elements = items.map((model) => modelElement(registry, model));
    return [
      ...elements,
      ...noted(undefined, note),
      ...(more ? [moreElement(undefined, { kind: 'models', registry })] : []),
    ];
  }

  async children(element: Element): Promise<Element[]> {
    if (element.kind === 'model') return this.versions(element);
    return element.kind === 'version' ? versionParts(element) : [];
  }

  /** The version's element with its model above it, there to be revealed. */
  async pathTo(registry: string, name: string, version: string): Promise<VersionElement> {
    const found = await this.browser.showVersion(registry, name, version);
    return versionElement(modelElement(registry, found.model), found.version);
  }

  async pathToModel(registry: string, name: string): Promise<ModelElement> {
    return modelElement(registry, await this.browser.showModel(registry, name));
  }

  private async versions(parent: ModelElement): Promise<Element[]> {
    const { registry, id: name } = parent.ref;
    const { items, more } = await this.browser.versions(registry, name);
    if (items.length === 0) return [noteElement(parent, l10n.t('No versions'))];
    const runs = await this.browser.sourceRuns(registry, items);
    const headlineKeys = await this.headlineKeys(registry, [...runs.values()]);
    return [
      ...items.map((version) => versionElement(parent, version, runs.get(version.runId), headlineKeys)),
      ...(more ? [moreElement(parent, { kind: 'versions', registry, name })] : []),
    ];
  }

  /** Versions of one model show one metric per experiment, so that they can be told apart by it. */
  private async headlineKeys(registry: string, rows: readonly RunRow[]): Promise<ReadonlyMap<string, string>> {
    const experimentIds = new Set(rows.map(({ table, row }) => table.experimentIds[row] ?? ''));
    const keys = [...experimentIds].map(async (experimentId): Promise<[string, string | undefined]> => {
      const own = rows.filter(({ table, row }) => table.experimentIds[row] === experimentId);
      return [experimentId, await this.browser.headlineOf({ registry, experimentId }, own)];
    });
    return new Map(
      (await Promise.all(keys)).flatMap(([experimentId, key]) =>
        key === undefined ? [] : [[experimentId, key] as const],
      ),
    );
  }
}

function modelElement(registry: string, model: RegisteredModel): ModelElement {
  const ref = { kind: 'model', registry, id: model.name } as const;
  return { kind: 'model', id: JSON.stringify([registry, model.name]), ref, model };
}

function versionElement(
  parent: ModelElement,
  version: ModelVersion,
  row?: RunRow,
  headlineKeys: ReadonlyMap<string, string> = new Map(),
): VersionElement {
  const ref = versionRef(parent.ref.registry, version.name, version.version);
  const element = { kind: 'version', id: `${parent.id}/${version.version}`, parent, ref, version } as const;
  if (!row) return element;
  const sourceRun = runAt(row.table, row.row);
  const key = headlineKeys.get(sourceRun.experimentId);
  const value = metricReader(key)(row);
  return { ...element, sourceRun, ...(key !== undefined && value !== undefined && { headline: { key, value } }) };
}

function versionParts(parent: VersionElement): Element[] {
  const { ref, version, id } = parent;
  const tags = atMost(parent, version.tags, (pair) => ({
    kind: 'tag',
    id: `${id}/tag/${pair.key}`,
    parent,
    ref,
    pair,
  }));
  return version.runId === '' ? tags : [sourceRunElement(parent, version.runId, parent.sourceRun), ...tags];
}
