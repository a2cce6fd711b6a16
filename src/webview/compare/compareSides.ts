import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { refKey } from '../../domain/ref';
import type { CompareHead } from '../../panels/compare/compare.messages';
import { nameOf } from './compareNames';

/** The two items whose files are shown: those that were chosen, else the baseline and the first other. */
export function sidesOf(heads: readonly CompareHead[], chosen: readonly string[] = []): readonly CompareHead[] {
  const found = chosen.flatMap((key) => heads.find(({ ref }) => refKey(ref) === key) ?? []);
  return found.length === 2 ? found : heads.slice(0, 2);
}

/** Chooses which two of many. */
export function sidesPicker(
  heads: readonly CompareHead[],
  sides: readonly CompareHead[],
  choose: (keys: readonly string[]) => void,
): TemplateResult {
  const keys = sides.map(({ ref }) => refKey(ref));
  const select = (side: 0 | 1, label: string): TemplateResult => {
    const change = (event: Event): void => {
      const key = (event.target as HTMLSelectElement).value;
      const other = keys[1 - side] ?? '';
      // One item has no difference from itself: what was chosen and the other change places.
      const rest = key === other ? (keys[side] ?? '') : other;
      choose(side === 0 ? [key, rest] : [rest, key]);
    };
    return html`<select aria-label=${label} title=${label} @change=${change}>
      ${heads.map((head) => {
        const key = refKey(head.ref);
        return html`<option value=${key} .selected=${key === keys[side]}>${nameOf(head, heads)}</option>`;
      })}
    </select>`;
  };
  return html`<span class="sides">
    ${select(0, l10n.t('Files before'))} <span aria-hidden="true">→</span> ${select(1, l10n.t('Files after'))}
  </span>`;
}
