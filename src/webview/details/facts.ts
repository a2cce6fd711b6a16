import * as l10n from '@vscode/l10n';
import { css, html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons';

/** One line of an overview. */
export interface Fact {
  readonly label: string;
  readonly value: TemplateResult | string;
  readonly title?: string;
  readonly mono?: boolean;
  /** Takes the whole width: an address that a column would break. */
  readonly wide?: boolean;
  /** What the copy button copies; without it there is none. */
  readonly copy?: string;
}

export function factsList(facts: readonly Fact[], copy: (text: string) => void): TemplateResult {
  return html`<dl class="facts">${facts.map((fact) => factRow(fact, copy))}</dl>`;
}

function factRow(
  { label, value, title, mono, wide, copy: copied }: Fact,
  copy: (text: string) => void,
): TemplateResult {
  const words = l10n.t('Copy {0}', label);
  return html`<div class=${wide ? 'wide' : ''}>
    <dt class="dimmed">${label}</dt>
    <dd class=${mono ? 'mono' : ''} title=${title ?? nothing}>
      ${value}${
        copied === undefined
          ? nothing
          : html`<button class="icon-button" title=${words} aria-label=${words} @click=${() => copy(copied)}>
              ${icon('copy')}
            </button>`
      }
    </dd>
  </div>`;
}

/** Nothing where there is nothing to say. */
export function textFact(label: string, value: string | undefined, title?: string): Fact[] {
  return value ? [{ label, value, ...(title && { title }) }] : [];
}

export const factsStyles = css`
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(350px, 100%), 1fr));
    gap: 0 16px;
  }
  .facts > div {
    display: flex;
    gap: 8px;
    min-height: 22px;
    line-height: 22px;
    min-width: 0;
  }
  .facts > .wide {
    grid-column: 1 / -1;
  }
  .facts dt {
    flex: 0 0 96px;
  }
  .facts dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .facts .icon-button {
    padding: 0 2px;
    opacity: 0;
    vertical-align: middle;
  }
  .facts > div:hover .icon-button,
  .facts .icon-button:focus-visible {
    opacity: 1;
  }
`;
