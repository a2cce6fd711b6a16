import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../domain/format';
import type { Ref } from '../../domain/ref';
import type { Action } from '../../panels/webview.messages';

interface Footer {
  readonly selected: number;
  /** Whether some of them are. */
  readonly someDeleted: boolean;
  /** That match the filter and the search, as far as they are loaded; nothing while that is being found out. */
  readonly matching: number | undefined;
  readonly more: boolean;
  /** What was done last. */
  readonly said: string;
  readonly refs: () => readonly Ref[];
  readonly act: (action: Action, refs: readonly Ref[]) => void;
  readonly selectAll: () => void;
  /** There while all that match are being loaded. */
  readonly stop?: () => void;
  /** Draws these runs alone. */
  readonly chart: () => void;
  readonly export: (event: MouseEvent) => void;
  readonly loadMore: () => void;
}

/** How much is selected, and what can be done with it. */
export function renderFooter(footer: Footer): TemplateResult {
  const { selected, matching, more, said, refs, act } = footer;
  const link = (label: string, run: (event: MouseEvent) => void): TemplateResult =>
    html`<button class="link" @click=${run}>${label}</button>`;
  const action = (label: string, name: Action): TemplateResult => link(label, () => act(name, refs()));
  /** Stop stands where it was asked for, so that the focus is on it. */
  const renderSelectAll = (): TemplateResult | typeof nothing => {
    if (footer.stop) return link(l10n.t('Stop'), footer.stop);
    if (selected === 0) return nothing;
    if (more || matching === undefined) return link(l10n.t('Select all that match'), footer.selectAll);
    if (selected >= matching) return nothing;
    return link(l10n.t('Select all {0} that match', formatNumber(matching)), footer.selectAll);
  };
  return html`
    <span class="dimmed" role="status"
      >${[selected === 0 ? '' : l10n.t('{0} selected', formatNumber(selected)), said].filter((part) => part !== '').join(' · ')}</span
    >
    ${
      selected === 0
        ? nothing
        : html`${selected > 1 ? action(l10n.t('Compare'), 'compare') : nothing} ${link(l10n.t('Chart'), footer.chart)}
          ${action(l10n.t('Register…'), 'registerVersion')} ${action(l10n.t('Tag…'), 'setTag')}
          ${link(l10n.t('Export…'), footer.export)} ${action(l10n.t('Delete…'), 'deleteRun')}
          ${footer.someDeleted ? action(l10n.t('Restore'), 'restoreRun') : nothing}`
    }
    ${renderSelectAll()} ${more && !footer.stop ? link(l10n.t('Load 1,000 more'), footer.loadMore) : nothing}
  `;
}
