import { html, type TemplateResult } from 'lit';
import { icon, type IconName } from './icons';

/** A button that stays pressed. */
export function toggleButton(label: string, title: string, pressed: boolean, press: () => void): TemplateResult {
  return html`<button class="toggle" title=${title} aria-pressed=${pressed ? 'true' : 'false'} @click=${press}>
    ${label}
  </button>`;
}

export function iconButton(name: IconName, label: string, press: (event: MouseEvent) => void): TemplateResult {
  return html`<button class="icon-button" title=${label} aria-label=${label} @click=${press}>${icon(name)}</button>`;
}

/** Where a menu of the button that was pressed opens. */
export function boxOf(event: MouseEvent): DOMRect {
  return (event.currentTarget as HTMLElement).getBoundingClientRect();
}
