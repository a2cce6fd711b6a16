import * as l10n from '@vscode/l10n';
import type { Browser } from '../app/browse';
import type { ExperimentKey } from '../app/browseOptions';
import { Finder } from '../app/goTo';
import type { RegistrySet } from '../app/registrySet';
import { UserError } from '../domain/errors';
import { type Ref, type RefKind, versionRef } from '../domain/ref';
import type { Choice, Ui } from '../platform/ui';
import type { Selection } from '../views/selection';
import { oneLine } from '../views/text';
import { foundChoice } from './found';

/** Runs that a picker lists; older ones are reached by Go To. */
const listedRuns = 500;

/** What a command is about when it is called without saying: what is selected in the side bar, else what is picked. */
export class PickedSubjects {
  constructor(
    private readonly registries: RegistrySet,
    private readonly browser: Browser,
    private readonly selection: Selection,
    private readonly ui: Ui,
  ) {}

  calledOn(args: readonly unknown[]): readonly Ref[] {
    return this.selection.calledOn(args);
  }

  async run(): Promise<Ref | undefined> {
    const selected = this.selected('run');
    if (selected) return selected;
    const registry = await this.registry();
    const finder = new Finder(this.registries.get(registry), this.browser.options.view);
    const choices = finder.newestRuns(listedRuns).then((found) => found.map(foundChoice));
    return this.ui.pick(choices, { title: l10n.t('Which run?'), placeholder: l10n.t('Name or experiment') });
  }

  async version(): Promise<Ref | undefined> {
    const selected = this.selected('version');
    if (selected) return selected;
    const registry = await this.registry();
    const model = this.selected('model')?.id ?? (await this.pickModel(registry));
    if (model === undefined) return undefined;
    const versions = this.browser.versions(registry, model).then(({ items }) =>
      items.map(({ version, aliases }): Choice<Ref> => ({
        label: `v${version}`,
        description: aliases.map((alias) => `@${alias}`).join(' '),
        icon: 'versions',
        value: versionRef(registry, model, version),
      })),
    );
    return this.ui.pick(versions, { title: l10n.t('Which version of {0}?', oneLine(model)) });
  }

  /** The experiment that a thing is or belongs to, else the selected or picked one. */
  async experiment(ref: Ref | undefined = this.selection.current[0]): Promise<ExperimentKey | undefined> {
    if (ref?.kind === 'experiment') return { registry: ref.registry, experimentId: ref.id };
    if (ref?.kind === 'run') {
      const { experimentId } = await this.browser.run(ref.registry, ref.id);
      return { registry: ref.registry, experimentId };
    }
    const registry = await this.registry();
    const choices = this.browser.experiments(registry).then(({ items }) =>
      items.map(({ name, experimentId }): Choice<string> => ({
        label: oneLine(name),
        icon: 'beaker',
        value: experimentId,
      })),
    );
    const experimentId = await this.ui.pick(choices, { title: l10n.t('Which experiment?') });
    return experimentId === undefined ? undefined : { registry, experimentId };
  }

  /** The active registry; a UserError where there is none. */
  async registry(): Promise<string> {
    await this.registries.ready();
    const { active } = this.registries;
    if (active) return active.name;
    throw new UserError('notFound', l10n.t('No registry is configured.'), {
      next: l10n.t('Add one with Add Registry.'),
      command: { id: 'ringside.addRegistry' },
    });
  }

  private selected(kind: RefKind): Ref | undefined {
    const [first] = this.selection.current;
    return first?.kind === kind ? first : undefined;
  }

  private pickModel(registry: string): Promise<string | undefined> {
    const choices = this.browser
      .models(registry)
      .then(({ items }) =>
        items.map(({ name }): Choice<string> => ({ label: oneLine(name), icon: 'package', value: name })),
      );
    return this.ui.pick(choices, { title: l10n.t('Which model?') });
  }
}
