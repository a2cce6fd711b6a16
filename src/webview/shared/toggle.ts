import { html, type TemplateResult } from 'lit';

/** A button that stays pressed. */
export function toggleButton(label: string, title: string, pressed: boolean, press: () => void): TemplateResult {
  return html`<button class="toggle" title=${title} aria-pressed=${pressed ? 'true' : 'false'} @click=${press}>
    ${label}
  </button>`;
}
