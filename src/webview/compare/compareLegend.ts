import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CompareHead } from '../../panels/compare/compare.messages';
import { icon, type IconName } from '../shared/icons';
import { nameOf } from './compareNames';

interface LegendOptions {
  readonly name: (head: CompareHead) => TemplateResult;
  /** Shows these in this order; the first is the baseline. */
  readonly arrange: (heads: readonly CompareHead[]) => void;
}

/** The items by name: aliases, which is the baseline, ways to another baseline and out of the comparison. */
export function compareLegend(heads: readonly CompareHead[], { name, arrange }: LegendOptions): TemplateResult {
  const many = heads.length > 2;
  return html`<ul class="legend" aria-label=${l10n.t('Compared items')}>
    ${heads.map((head, index) => {
      const others = heads.filter(({ ref }) => ref !== head.ref);
      const words = nameOf(head, heads);
      return html`<li class="head">
        ${name(head)} ${stateOf(head)}
        ${head.version?.aliases.map((alias) => html`<span class="badge">@${alias}</span>`)}
        ${index === 0 && heads.length > 1 ? html`<span class="dimmed">${l10n.t('baseline')}</span>` : nothing}
        ${
          many && index > 0
            ? button('pinned', l10n.t('Measure against {0}', words), () => arrange([head, ...others]))
            : nothing
        }
        ${many || head.gone !== undefined ? button('close', l10n.t('Remove {0}', words), () => arrange(others)) : nothing}
      </li>`;
    })}
  </ul>`;
}

/** Of what is no longer there, or only because MLflow keeps what was deleted. */
function stateOf({ gone, run }: CompareHead): TemplateResult | typeof nothing {
  if (gone !== undefined) return html`<span class="warned" title=${gone}>${icon('warning')} ${l10n.t('gone')}</span>`;
  return run?.lifecycleStage === 'deleted' ? html`<span class="dimmed">${l10n.t('deleted')}</span>` : nothing;
}

function button(name: IconName, label: string, run: () => void): TemplateResult {
  return html`<button class="icon-button" title=${label} aria-label=${label} @click=${run}>${icon(name)}</button>`;
}
