import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../shared/icons';

interface ToolbarOptions {
  readonly filter: string;
  readonly search: (text: string) => void;
  readonly onlyDifferences: boolean;
  readonly flip: () => void;
  /** Only of two. */
  readonly swap?: () => void;
  readonly add: () => void;
  readonly copy: () => void;
  readonly saveAs: () => void;
  readonly refresh: () => void;
}

/** What is looked for and shown, and what can be done with the whole comparison. */
export function compareToolbar(options: ToolbarOptions): TemplateResult {
  const { filter, search, onlyDifferences, flip, swap } = options;
  return html`<div class="tools" role="toolbar" aria-label=${l10n.t('Comparison')}>
    <input
      type="search"
      placeholder=${l10n.t('Search')}
      aria-label=${l10n.t('Search names and values')}
      .value=${filter}
      @input=${(event: Event) => search((event.target as HTMLInputElement).value)}
    />
    <button class="toggle" aria-pressed=${onlyDifferences} @click=${flip}>${l10n.t('Only differences')}</button>
    ${swap ? button('arrow-swap', l10n.t('Swap'), swap) : nothing} ${button('add', l10n.t('Add…'), options.add)}
    ${button('copy', l10n.t('Copy Report'), options.copy)} ${button('export', l10n.t('Save Report…'), options.saveAs)}
    ${button('refresh', l10n.t('Refresh'), options.refresh)}
  </div>`;
}

function button(name: IconName, label: string, run: () => void): TemplateResult {
  return html`<button class="icon-button" title=${label} aria-label=${label} @click=${run}>${icon(name)}</button>`;
}
