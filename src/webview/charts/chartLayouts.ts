import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../shared/menu';
import type { ChartLayout, ChartsState } from './chartsState';

/** The menu of saved layouts: each to apply, then to save, to delete, and what is shown at first. */
export function layoutItems(
  { layouts }: ChartsState,
  act: {
    apply(layout: Partial<ChartLayout>): void;
    change(layouts: Readonly<Record<string, ChartLayout>>): void;
    name(): void;
  },
): readonly MenuItem[] {
  const names = Object.keys(layouts).sort();
  const without = (name: string): Record<string, ChartLayout> =>
    Object.fromEntries(Object.entries(layouts).filter(([each]) => each !== name));
  return [
    ...names.map((name) => ({ label: name, run: () => act.apply(layouts[name] ?? {}) })),
    { label: l10n.t('Save layout…'), first: names.length > 0, run: () => act.name() },
    ...names.map((name) => ({ label: l10n.t("Delete '{0}'", name), run: () => act.change(without(name)) })),
    { label: l10n.t('Show what is shown at first'), first: true, run: () => act.apply(atFirst) },
  ];
}

const atFirst: ChartLayout = {
  charts: undefined,
  axis: 'step',
  logX: false,
  logY: false,
  smoothing: 0,
};
