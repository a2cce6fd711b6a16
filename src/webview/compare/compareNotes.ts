import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CompareContent } from '../../panels/compare/compare.messages';
import { icon } from '../shared/icons';
import { nameOf } from './compareNames';

/** Sentences on what is not compared, one for each item that is gone. */
export function goneWords({ heads }: CompareContent): readonly string[] {
  return heads.flatMap((head) =>
    head.gone === undefined ? [] : [l10n.t('{0} is not compared: {1}', nameOf(head, heads), head.gone)],
  );
}

/** What stands under the sentence: faults of the team's file, then lines of what is known and what is not. */
export function compareNotes(
  { faults }: CompareContent,
  lines: readonly string[],
  openContract: () => void,
): TemplateResult {
  return html`
    ${
      faults
        ? html`<p class="dimmed">
            <span class="warned">${icon('warning')}</span> ${faultWords(faults)}
            <button class="link" @click=${openContract}>${l10n.t('Open')}</button>
          </p>`
        : nothing
    }
    ${lines.map((line) => html`<p class="dimmed">${line}</p>`)}
  `;
}

function faultWords({ count, line, first }: NonNullable<CompareContent['faults']>): string {
  const words = l10n.t('ringside.yaml, line {0}: {1} What is right in it counts.', line, sentence(first));
  return count > 1 ? `${words} ${l10n.t('{0} more faults are in the Problems view.', count - 1)}` : words;
}

/** A parser's own words may have no stop. */
function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
