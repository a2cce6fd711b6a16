import * as l10n from '@vscode/l10n';
import type { Browser } from '../app/browse';
import type { ExperimentKey } from '../app/browseOptions';
import { Finder } from '../app/goTo';
import type { RegistrySet } from '../app/registrySet';
import { type Ref, type RefKind, versionRef } from '../domain/ref';
import { oneLine } from '../domain/words';
import type { Choice, Ui } from '../platform/ui';
import type { Selection } from '../platform/selection';
import { activeConnection } from './activeConnection';
import { foundChoice } from './found';

/** Runs that a picker lists; older ones are reached by Go To. */
const listedRuns = 500;

/** Kinds of things that a picker can find. */
export type PickedKind = 'run' | 'experiment' | 'model' | 'version';

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

  /** What a command that takes several is about: what it was called on, else what is selected, else one that is picked. */
  async things(args: readonly unknown[], kinds: readonly PickedKind[]): Promise<readonly Ref[]> {
    const isMeant = ({ kind }: Ref): boolean => kinds.some((each) => each === kind);
    const called = this.calledOn(args).filter(isMeant);
    if (called.length > 0) return called;
    const selected = this.selection.current.filter(isMeant);
    if (selected.length > 0) return selected;
    const picked = await this.pick(kinds);
    return picked ? [picked] : [];
  }

  async run(): Promise<Ref | undefined> {
    return this.selected('run') ?? this.pickRun();
  }

  private async pickRun(): Promise<Ref | undefined> {
    const registry = await this.registry();
    const finder = new Finder(this.registries.get(registry), this.browser.options.view);
    const choices = finder.newestRuns(listedRuns).then((found) => found.map(foundChoice));
    return this.ui.pick(choices, { title: l10n.t('Which run?'), placeholder: l10n.t('Name or experiment') });
  }

  async version(): Promise<Ref | undefined> {
    return this.selected('version') ?? this.pickVersion();
  }

  private async pickVersion(): Promise<Ref | undefined> {
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
    const experimentId = await this.pickExperiment(registry);
    return experimentId === undefined ? undefined : { registry, experimentId };
  }

  /** The active registry; a UserError where there is none. */
  async registry(): Promise<string> {
    return (await activeConnection(this.registries)).name;
  }

  private selected(kind: RefKind): Ref | undefined {
    const [first] = this.selection.current;
    return first?.kind === kind ? first : undefined;
  }

  private async pick(kinds: readonly PickedKind[]): Promise<Ref | undefined> {
    const kind = kinds.length === 1 ? kinds[0] : await this.pickKind(kinds);
    if (kind === 'run') return this.pickRun();
    if (kind === 'version') return this.pickVersion();
    if (kind === undefined) return undefined;
    const registry = await this.registry();
    const id = await (kind === 'experiment' ? this.pickExperiment(registry) : this.pickModel(registry));
    return id === undefined ? undefined : { kind, registry, id };
  }

  private pickKind(kinds: readonly PickedKind[]): Promise<PickedKind | undefined> {
    const choices: readonly Choice<PickedKind>[] = [
      { label: l10n.t('Run'), icon: 'pass', value: 'run' },
      { label: l10n.t('Experiment'), icon: 'beaker', value: 'experiment' },
      { label: l10n.t('Model'), icon: 'package', value: 'model' },
      { label: l10n.t('Version'), icon: 'versions', value: 'version' },
    ];
    const offered = choices.filter(({ value }) => kinds.includes(value));
    return this.ui.pick(offered, { title: l10n.t('Of what?') });
  }

  private pickExperiment(registry: string): Promise<string | undefined> {
    const choices = this.browser.experiments(registry).then(({ items }) =>
      items.map(({ name, experimentId }): Choice<string> => ({
        label: oneLine(name),
        icon: 'beaker',
        value: experimentId,
      })),
    );
    return this.ui.pick(choices, { title: l10n.t('Which experiment?') });
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
